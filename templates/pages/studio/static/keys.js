// Single keys of a desk: off while somebody writes, and off for good where they say so (WCAG 2.1.4).

const dialog = document.getElementById("keys");
const box = document.getElementById("keys-on");
let on = localStorage.getItem("keys") !== "off";
if (box) {
  box.checked = on;
  box.addEventListener("change", () => { on = box.checked; localStorage.setItem("keys", on ? "on" : "off"); });
}
export function help() { if (dialog && !dialog.open) dialog.showModal(); }
document.querySelector("[data-keys]")?.addEventListener("click", help);

/** Call what belongs to a key: `table` maps keys (lower case) to functions. */
export function keys(table) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || dialog?.open) return;
    const at = event.target;
    if (at.closest("input, textarea, select, [contenteditable]")) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key === "?") { help(); event.preventDefault(); return; }
    if (!on || !(key in table)) return;
    if ((key === " " || key === "Enter") && at.closest("button, a, summary, video")) return;
    if (at.closest("video, [role=slider]") && key.startsWith("Arrow")) return;
    table[key](event);
    event.preventDefault();
  });
}
