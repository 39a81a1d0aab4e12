"""What stands in books and is not read aloud: the page on rights, sources, an index."""

from __future__ import annotations

CONTENTS = "Mục lục"
COPYRIGHT = (
    "Bản quyền © 2019 thuộc về tác giả và Nhà xuất bản Bến Cát.",
    "Mọi hình thức sao chép phải được sự đồng ý bằng văn bản của nhà xuất bản.",
    "Chịu trách nhiệm xuất bản: Giám đốc Đỗ Thị Lành. Biên tập: Hồ Văn Mãi. Sửa bản in: Cao Thị Ngần.",
    "In 500 cuốn, khổ 13 x 20,5 cm, tại xưởng in Cồn Cát. Số đăng ký xuất bản: 000-2019/CXB/1-01.",
    "In xong và nộp lưu chiểu quý III năm 2019. ISBN: 978-604-0-00000-2.",
)
SOURCES = (
    "Trần Văn Lạch (1987). Ghi chép về nghề lưới đăng. Tập san Biển Bạc, số 4, tr. 12-19.",
    "Lê Thị Bãi (2002). Giếng cổ ven biển. Nhà xuất bản Bến Cát.",
)
INDEX = ("cầu gỗ, 34, 41", "con đê, 33-38, 52", "giếng, 12, 19, 20-22", "ông Cả, 9, 11, 55")
