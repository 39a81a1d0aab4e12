// The order of uploads: by dragging, or by the up and down keys on a handle; kept at once, told to screen readers.
import { ask, say } from "./studio.js";

const list = document.getElementById("order");
const english = document.documentElement.lang === "en";
let dragged = null;
let waiting = null;

function ids() { return [...list.children].map((entry) => entry.dataset.id).join(","); }
async function keep() {
  const wanted = ids();
  if (wanted === list.dataset.seen) return;
  const told = await ask("/uploads/order", { method: "POST", body: new URLSearchParams({ seen: list.dataset.seen, wanted }) });
  if (told) { list.dataset.seen = wanted; say(told.message); } else { putBack(); }
}
function putBack() {
  for (const id of list.dataset.seen.split(",")) {
    const entry = list.querySelector(`[data-id="${CSS.escape(id)}"]`);
    if (entry) list.append(entry);
  }
}
function later() { clearTimeout(waiting); waiting = setTimeout(keep, 700); }

list?.addEventListener("dragstart", (event) => {
  dragged = event.target.closest(".entry");
  dragged.classList.add("dragged");
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", dragged.dataset.id);
});
list?.addEventListener("dragover", (event) => {
  const over = event.target.closest(".entry");
  if (!dragged || !over) return;
  event.preventDefault();
  if (over === dragged) return;
  const box = over.getBoundingClientRect();
  list.insertBefore(dragged, event.clientY < box.top + box.height / 2 ? over : over.nextSibling);
});
list?.addEventListener("drop", (event) => event.preventDefault());
list?.addEventListener("dragend", () => { dragged?.classList.remove("dragged"); dragged = null; keep(); });
list?.addEventListener("keydown", (event) => {
  const handle = event.target.closest(".handle");
  if (!handle || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  event.preventDefault();
  const entry = handle.closest(".entry");
  if (event.key === "ArrowUp" && entry.previousElementSibling) list.insertBefore(entry, entry.previousElementSibling);
  if (event.key === "ArrowDown" && entry.nextElementSibling) list.insertBefore(entry.nextElementSibling, entry);
  handle.focus();
  const place = [...list.children].indexOf(entry) + 1;
  say(english ? `Place ${place} of ${list.children.length}` : `Vị trí ${place} trên ${list.children.length}`);
  handle.scrollIntoView({ block: "nearest" });
  later();
});
window.addEventListener("pagehide", () => { if (waiting) keep(); });
