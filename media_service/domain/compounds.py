"""Vietnamese words of two syllables and more that a line must not tear apart: a reviewed list, kept as data.

Written for stories, guides and library notices; what is missing costs a plainer line break, never a fault. How the list
is used is the affair of `binding`.
"""

from __future__ import annotations

from itertools import pairwise

_ENTRIES = """
ai ai, ấm áp, âm nhạc, ấm no, âm thanh, ân cần, ấn độ giáo, an toàn, an ủi, anh chị, anh em, anh hùng, áo dài, ao hồ,
ao ước, ấp ủ, bà con, bà mẹ, bạc đầu, bác sĩ, bậc thềm, bãi biển, bãi cát, bãi cỏ, bài hát, bài học, bài thơ, bạn bè,
bàn chân, ban cho, bản đồ, bạn đọc, bàn ghế, bạn mới, bạn nhỏ, bàn tán, bàn tay, bằng lòng, báo chí, bao giờ, bao la,
bao lâu, bao nhiêu, bảo tàng, bảo tồn, bảo vệ, bất chợt, bắt đầu, bắt nạt, bát ngát, bất ngờ, bậu cửa, bầu trời, bây
giờ, bấy giờ, bấy lâu, bay lượn, bé bỏng, bệ hạ, bé tí, bé xíu, bền bỉ, bên bờ, bến cảng, bên cạnh, bền lâu, bênh vực,
biển cả, biển khơi, biên soạn, biếng nhác, biết bao, biết đâu, biết ơn, biệt thự, bình an, bình minh, bình thuận, bình
tĩnh, bờ biển, bờ cõi, bọ ngựa, bỏ quên, bởi vì, bóng bàn, bồng bềnh, bỗng chốc, bóng đá, bóng nhẫy, bỗng nhiên, bóng
râm, bực bội, bước chân, bước ra, buổi chiều, buổi sáng, buổi sớm, buổi tối, buổi trưa, buồn bã, buồn rầu, cà phê, cá
vàng, các bạn, cái gì, cảm động, cảm ơn, cầm tay, cận cảnh, căn nhà, cẩn thận, cánh buồm, cánh chim, cánh cửa, cánh
đồng, cảnh vật, cao lớn, cát vàng, câu chuyện, câu đố, câu hỏi, câu thơ, cây cầu, cây cối, cay đắng, cây số, chăm chỉ,
chăm lo, chăm sóc, chạm vào, chân dung, chan hòa, chân thành, chân tháp, chăn trâu, chân trời, chẳng bao lâu, chẳng
may, chẳng qua, chàng trai, chào đón, chào hỏi, chật chội, chất phác, chế tạo, chỉ huy, chia sẻ, chia tay, chiến đấu,
chiến thắng, chiến tranh, chiều chuộng, chiều tà, chiều xuống, chim én, chim muông, chim trắng, chính quyền, chịu đòn,
chịu khó, cho biết, chợ búa, cho rằng, chóng lớn, chú canh, chủ nhật, chú ý, chuẩn bị, chung quanh, chung thủy, chuồn
chuồn, chương trình, chuyên cần, chuyến đi, chuyển động, cô bé, cỏ cây, có chí, cô đơn, cố gắng, cô giáo, cơ hội, có
ích, có khi, cổ kính, có lẽ, có mặt, có thể, cổ thụ, cổ tích, cổ tích việt nam, cối xay, cơm nước, con cái, con cháu,
con đường, cơn khát, cơn mưa, con người, con rùa, con sóng, con thuyền, công bằng, công chúa, công chúng, còng gió,
công lao, công ơn, công phu, công trình, công việc, của cải, cửa giả, cửa hang, của ngon vật lạ, cửa ra vào, cửa sổ,
cửa vòm, cúi đầu, cung điện, cùng nhau, cuộc đời, cuộc sống, cuối cùng, cuối thế kỷ, cuối tuần, cuốn sách, cứu giúp,
dại dột, dải lụa, dân ca, dân chúng, dần dần, dân gian, dân làng, dân tộc, dâng hiến, dáng vẻ, dâng vua, dành dụm,
danh lam thắng cảnh, dạo chơi, dấu chân, dấu tích, dạy bảo, dễ chịu, dễ dàng, dế mèn, dễ thương, di sản, di tích, dịch
vụ, diễn ra, dịu dàng, dìu dắt, do dự, dọc đường, dời đi, dòng nước, dòng sông, dự định, du khách, du lịch, dưa hấu,
dũng cảm, dựng nước, dũng sĩ, dưới nước, dương lịch, đa số, đại bàng, đại dương, đầm nước, đầm sen, đàn bà, đàn ông,
đáng kể, đánh bắt, đánh giá, đánh nhau, đánh rơi, đảo hoang, đất đai, đắt đỏ, đất liền, đất nước, đất trời, đau đớn,
đau khổ, đầu thế kỷ, đầu tiên, đầy đủ, đền chùa, đền đài, đến nay, đến nỗi, đèn thuyền, đẹp đẽ, đi đâu, đi học, đi in
lại, đi khắp, đi lại, địa phương, điều kiện, điều kỳ diệu, đỉnh đồi, đinh ninh, đồ chơi, đồ đạc, đỏ ruột, đỏ tươi,
đoàn kết, đoàn người, đoàn tụ, độc giả, độc lập, đồi cát, đối chiếu, đợi chờ, đối diện, đổi dưa, đói khát, đôi khi,
đói lả, đôi mươi, đói nghèo, đời người, đội nón, đời sống, đội trưởng, đối với, đời xưa, đom đóm, đón chào, đồng bằng,
đồng bào, đông đảo, đông đúc, đồng hồ, đồng ruộng, đồng thời, động viên, đồng ý, đùa giỡn, đức tính, đúng đắn, được
mùa, đường đi, đường mạch, đường xá, ếch nhái, êm ả, êm ái, em bé, êm đềm, gạch cổ, gạch nung, gắn bó, gan dạ, gắng
sức, ganh đua, gánh vác, gạo nước, gặp gỡ, gầy gò, ghen ghét, ghi chép, ghi nhớ, gia cầm, gia đình, gia súc, giá trị,
giấc mơ, giấc ngủ, giai đoạn, giản dị, giận dữ, giận oan, giang sơn, giao thông, giáo viên, giật mình, giàu có, gìn
giữ, giỏi giang, giới thiệu, giống dưa, giống nhau, giữ gìn, giúp đỡ, giúp ích, gọi là, gợn nước, góp phần, gương mặt,
hai bên, hải đảo, hải sản, hẳn hoi, hàng chữ, hạng di tích, hăng hái, hàng rào, hang sâu, hàng xóm, hạnh phúc, hào
hứng, hấp dẫn, hạt giống, hậu quả, hèn nhát, hết lòng, hi vọng, hiền hậu, hiền lành, hiện nay, hiện ra, hiện rõ, hiện
tại, hiền từ, hiện vật, hiểu biết, hiếu học, hiểu lầm, hiếu thảo, họ hàng, hoà bình, hoa màu, hoa quả, hoa sen, hoa
sứ, hòa thuận, hoa vàng, hoàn cảnh, hoan hô, hoàn thành, hoàn toàn, hoàng cung, hoàng hậu, hoàng hôn, hoàng tử, hoạt
động, học bài, học giỏi, học hành, học hỏi, học kỳ, học sinh, học tập, học trò, hơi ấm, hội đồng, hối hận, hội hè, hồi
lâu, hôm ấy, hôm mai, hôm nay, hôm qua, hôm sau, hôm trước, hòn cau, hòn đảo, hư hại, hứa hẹn, hung ác, hung hăng,
hùng vĩ, hướng dẫn, hướng đông, hương thơm, hương trầm, hướng về, hy hữu, hy sinh, hy vọng, im lặng, in lại, kẻ cắp,
kể chuyện, kể lại, kẻ yếu, kết bạn, kết dính, kết hôn, kết nghĩa, kết quả, kết thúc, kêu ca, kêu gọi, khác nhau, khách
hàng, khai quật, khai trường, khám phá, khâm phục, khăn áo, khảo cổ, khảo sát, khắp nơi, khen ngợi, khen ngon, khéo
léo, khiêm tốn, khô hạn, khó khăn, kho sách, khổ thân, khó thấy, khoa học, khoảng cách, khóc lóc, khỏe mạnh, khởi
nghĩa, không gian, không khí, không lo, khổng lồ, khu rừng, khu vườn, khung cảnh, khuya khoắt, khuyên bảo, khuyến
khích, kì diệu, kiên nhẫn, kiến thức, kiên trì, kiến trúc, kiêu căng, kiệu hoa, kiêu ngạo, kinh nghiệm, kinh thành,
kính trọng, kính yêu, kỳ diệu, kỳ lạ, kỷ niệm, kỳ quan, lá bèo, lạ lùng, lạ thường, lái buôn, làm ăn, làm bạn, làm bè,
làm lụng, làm quen, làm ra, làm sao, làm việc, lần đầu, lần đầu tiên, làn nước, làng chài, làng mạc, lắng nghe, lãng
phí, làng quê, lăng tẩm, lang thang, làng xóm, lạnh lẽo, lão nông, lấp lánh, lập tức, lâu đài, lâu đời, lâu năm, lầu
ông hoàng, lễ hội, lẽ phải, lễ phép, lên đường, lên ngôi, lên tiếng, lều lá, lịch chăm, lịch sử, liền bà, liên tiếp,
linh thiêng, linh vật, lo âu, lo lắng, lời giới thiệu, lợi ích, lời khuyên, lời nói, lời ru, lời văn, lớn dần, lớn
lên, lông lốc, lòng tham, lòng tháp, lòng tốt, lười biếng, lưới cá, luôn luôn, lương thực, lưu giữ, lưu luyến, lưu
truyền, lũy tre, mắc cạn, mặc dù, mặc kệ, mãi mãi, mải mê, mái nhà, mạnh khỏe, mạnh mẽ, mảnh vỏ, mặt biển, mất công,
mặt đất, mát mẻ, mặt nước, mật ong, mặt trăng, mặt trời, màu sắc, máy bay, may mắn, máy móc, máy tính, mây trắng, mẹ
con, mê mải, mê man, mênh mông, miền bắc, miền nam, miền núi, miền trung, miếng cơm, minh họa, mồ côi, mở đầu, mồ hôi,
mở hội, mở mang, mơ mộng, mơ ước, mỗi độ, mới mẻ, mỏi mệt, môi trường, mõm đá, mong muốn, mong ước, một chút, một hôm,
một lát, một lòng, một mình, một nhà, một số, một thời, một trong những, mua bán, mùa đông, mưa gió, mùa hạ, mùa hè,
mùa màng, mùa thu, mưa thuận gió hòa, mùa xuân, mũi né, mừng rỡ, mừng tuổi, muôn loài, mượn sách, muôn tâu, mỹ thuật,
nam giới, năm học, nấm mộ, năm mới, năm tháng, nâng đỡ, nắng gió, nắng mưa, nàng tiên, nay mai, nảy mầm, nền móng, nên
người, ngạc nhiên, ngài ngại, ngắm nghía, ngăn cản, ngang ngược, ngập ngừng, ngày bé, ngày càng, ngày đêm, ngày mai,
ngày nay, ngày sau, ngày tháng, ngày trước, ngày xưa, nghe lời, nghề nghiệp, nghệ thuật, nghẹn ngào, nghèo khó, nghĩ
ngợi, nghỉ ngơi, nghịch dại, nghịch ngợm, nghiên cứu, nghìn năm, ngỡ ngàng, ngoài đảo, ngoài khơi, ngoài trời, ngoan
ngoãn, ngôi báu, ngôi đền, ngôi nhà, ngôi sao, ngôi tháp, ngọn đồi, ngọn lửa, ngọn núi, ngọt ngào, ngư dân, ngủ say,
ngước nhìn, người dân, người lớn, người ta, người thân, người thợ, người xưa, nhà bên, nhà cửa, nhà khoa học, nhà
nghèo, nhà nghiên cứu, nhà nước, nhà quý tộc, nhà thơ, nhà trường, nhà văn, nhà vua, nhắc nhau, nhắc nhở, nhắm mắt,
nhắm tịt, nhân dân, nhân hậu, nhận lời, nhận ra, nhân vật, nhanh chân, nhanh chóng, nhanh nhẹn, nhất định, nhất là,
nhảy múa, nhẹ nhàng, nhẹ tênh, nhiệm vụ, nhiệt tình, nhìn ngắm, nhìn xem, nhỏ bé, nho nhỏ, nhớ nhung, nhớ ơn, nhờ vả,
nhớ về, nhỏ xinh, nhọc nhằn, nhóm tháp, như thế, như vậy, nhưng mà, nhường nhịn, no ấm, nở rộ, nỗi buồn, nói chuyện,
nói dối, nội dung, nổi giận, nói năng, nơi nơi, nói thật, nổi tiếng, nông dân, nóng nảy, nông thôn, nụ cười, nửa đêm,
nửa lời, núi non, núi rừng, nước mắt, nước nhà, nước non, nước suối, nuôi dưỡng, nuôi nấng, nuôi nổi, oai nhất, oán
trách, ốc sên, ôm ấp, ốm đau, ốm yếu, ôn tồn, ông bà, ông cụ, ông lão, ông trăng, phá hoại, phá phách, phải chăng,
phân biệt, phân công, phần lớn, phàn nàn, phan thiết, phần thưởng, phân vân, phát hiện, phát minh, phát triển, phế
tích, phép lạ, phép thuật, phía xa, phiêu lưu, phố hài, phố phường, phong cách, phong cảnh, phòng đọc, phòng khi,
phong phú, phong tục, phụ huynh, phụ nữ, phù sa, phúc hậu, phục vụ, phương pháp, phương tây, phương xa, quả bóng, quả
trứng, quần áo, quan lại, quân lính, quấn quýt, quan sát, quân sĩ, quan tâm, quan trọng, quang cảnh, quay mũi, quây
quần, quay về, quê hương, quê nhà, quên bẵng, quen biết, quen thuộc, quốc gia, quốc tế, quý báu, quý giá, quý tộc,
quyền lợi, quyết định, quyết tâm, ra đi, ra đời, ra khơi, ra khỏi, ra mắt, ra sức, ra vào, rặng dừa, rảnh rỗi, râu
ria, rau rừng, rì rào, rõ ràng, rồi thì, rộn ràng, rộng lớn, rộng rãi, rủ nhau, rùa biển, rùa con, rùa mẹ, rực rỡ,
rừng núi, rừng rậm, ruộng đồng, ruột thịt, sa mạc, sách báo, sách nói, sạch sẽ, sách vở, sai lầm, sẫm màu, sầm uất,
san hô, sẵn lòng, sẵn sàng, san sẻ, sáng sớm, sáng suốt, sáng tác, sáng tạo, sắp xếp, sau đó, sau lưng, sau này, sâu
sắc, say mê, say sưa, siêng năng, sinh hoạt, sinh nhật, sinh sống, sinh vật, sợ hãi, số phận, so sánh, so với, sớm
mai, son sắt, sóng gió, sông ngòi, sông nước, sống sót, sóng vỗ, sự thật, sự tích, sư tử, sự việc, sức khỏe, sức lực,
sức mạnh, sung sướng, sụp đổ, sưu tầm, suy nghĩ, ta đây, tác động, tác giả, tác phẩm, tài ba, tài giỏi, tai họa, tài
khoản, tài liệu, tai nạn, tài nguyên, tạm biệt, tấm lòng, tắm mát, tan học, tản mát, tầng mái, tặng quà, tảo mộ, tập
thể, tập trung, tất bật, tất cả, tâu bệ hạ, tàu thuyền, tay ai, tên gọi, tên là, tên tuổi, tết đến xuân về, thả lưới,
tha thiết, tha thứ, thắc mắc, thác nước, thái bình, tham gia, thăm hỏi, tham lam, tham quan, thân cận, thần linh, thân
mật, thân tháp, thân thiện, thân thiết, than thở, thần thoại, thần tiên, thân yêu, thắng cảnh, tháng giêng, tháng năm,
thẳng thắn, thanh bình, thành công, thành lập, thanh niên, thành phố, thành thật, thành tích, thành viên, thấp bé,
tháp chàm, tháp chăm, tháp chính, thắp hương, thập niên, thất bại, thật thà, thất vọng, thay đổi, thầy giáo, thay
nhau, thẻ bạn đọc, thế giới, thế kia, thế kỷ, thế là, thế nào, thế rồi, thể thao, thế thôi, theo dõi, thi đua, thích
thú, thiên hạ, thiên nhiên, thiếu nhi, thiếu niên, thiếu nữ, thiếu thốn, thỉnh thoảng, thơ ấu, thơ ca, thờ cúng, thợ
thủ công, thời gian, thời khóa biểu, thói quen, thời tiết, thời xưa, thông minh, thống nhất, thông sang, thong thả,
thủ đô, thu hoạch, thu nhỏ, thủ thư, thứ tiếng, thú vị, thư viện, thư viện tỉnh, thuận lợi, thực hiện, thực vật, thuở
xưa, thương lượng, thương nhau, thưởng thức, thường xuyên, thương yêu, thuyền bè, thuyền buôn, thuyền câu, thuyền
chài, thuyền thúng, tí xíu, tích cực, tiến bộ, tiếng cười, tiếng gọi, tiếng hát, tiếng nói, tiếng trống, tiếng vang,
tiếp theo, tiếp tục, tìm hiểu, tìm kiếm, tin tưởng, tình bạn, tình cảm, tình cờ, tinh nghịch, tình yêu, tổ chức, to
khỏe, to lớn, tò mò, tổ quốc, tỏ ra, tổ tiên, to tướng, tỏa ngát, tòa nhà, toàn bộ, toàn dân, tối nay, tội nghiệp, tối
tăm, tới tấp, tối tối, tôn kính, tôn trọng, tốt bụng, tốt đẹp, trả sách, trà trộn, trách móc, trách nhiệm, trái cây,
trái đất, trái tim, trân trọng, trang nghiêm, trăng non, trang sách, trắng tinh, trang trí, trăng tròn, tranh giành,
trẻ con, trẻ em, trên bờ, trèo lên, trí thông minh, trí tuệ, triều đình, trình bày, trò chơi, trò chuyện, trở lại, trở
nên, trở thành, trở về, trời đất, trôi qua, trời xanh, trông coi, trống đồng, trong lành, trông nom, trong sáng, trong
suốt, trọng thể, trong veo, trong xanh, trụ ốp, trưa hè, trứng rùa, trung tâm, trung thành, trung thực, trước đây,
trước hết, trước lúc, trước mặt, trước sau, trường học, trưởng thành, truyện cổ, truyền lại, truyền thống, truyền
thuyết, truyện tranh, từ bé, từ bi, từ biệt, tự do, từ đó, tự hào, tư liệu, tự mình, từ nay, tự nhiên, tụ tập, tự tay,
tử tế, tự tin, từ tốn, tư tưởng, từ xưa, tươi cười, tươi đẹp, tươi mát, tuổi tác, tuổi thơ, tươi tốt, tương lai, tưởng
nhớ, tướng quân, tường tận, tương truyền, tưởng tượng, túp lều, tuy nhiên, tuy phong, tuyệt vời, ưa thích, ung dung,
ủng hộ, ước mơ, uống nước, ưu tiên, uy nghi, vải vóc, vẫn còn, vấn đề, văn hóa, văn học, văn minh, vạn vật, van xin,
vàng óng, vầng trăng, vắng vẻ, vành tai, vào khoảng, vấp ngã, vất vả, vậy là, vậy mà, vẻ đẹp, về phía, vẽ tranh, vẻ
vang, vĩ đại, vì sao, vị thần, vì thế, vị trí, vì vậy, việc làm, viên gạch, viễn xứ, việt nam, vinh quang, vô cùng, vô
ích, vô số, vỗ tay, vỏ trứng, vô tư, vỗ về, vội vã, vội vàng, vớt lên, vua cha, vua chúa, vua hùng, vui chơi, vui
mừng, vui sướng, vui tươi, vui vẻ, vun gốc, vững chắc, vung vãi, vườn hoa, vươn lên, vương quốc, vương vấn, vượt qua,
xa lạ, xa xôi, xa xưa, xanh biếc, xanh mướt, xanh tươi, xao xuyến, xấu hổ, xấu xa, xấu xí, xây dựng, xây thành, xẻ
đôi, xem xét, xếp hạng, xếp khít, xích lô, xiến tóc, xin lỗi, xin phép, xinh đẹp, xinh xắn, xóm giềng, xóm làng, xôn
xao, xót thương, xứ sở, xưa kia, xuất bản, xuất hiện, xứng đáng, xung quanh, ý chí, ý kiến, ý nghĩa, y phục, y tế, y
trang, ý tứ, yên lặng, yên tâm, yên tĩnh, yên vui, yếu đuối, yêu mến, yếu ớt, yêu quý, yêu thương
"""

_TONES = {
    old: new
    for pairs in ("oà òa oá óa oả ỏa oã õa oạ ọa", "oè òe oé óe oẻ ỏe oẽ õe oẹ ọe", "uỳ ùy uý úy uỷ ủy uỹ ũy uỵ ụy")
    for old, new in zip(pairs.split()[::2], pairs.split()[1::2], strict=True)
}


def key(syllable: str) -> str:
    """Return a syllable as it stands in the list: lower case, the tone where newer spelling puts it (toả, tỏa)."""
    lower = syllable.lower()
    return lower[:-2] + _TONES[lower[-2:]] if lower[-2:] in _TONES else lower


COMPOUNDS: frozenset[tuple[str, str]] = frozenset(
    pair for entry in _ENTRIES.split(",") for pair in pairwise(key(syllable) for syllable in entry.split())
)
"""Neighbouring syllables that belong to one word."""
