// Renews what is live on a page while it is looked at; where the studio does not answer, it says so and tries again.
const note = document.getElementById("fresh");
const every = Number(note.dataset.every) * 1000;
const english = document.documentElement.lang === "en";
let lost = false;

async function renew() {
  const live = document.getElementById("live");
  if (document.hidden || live.querySelector("details[open]") || live.contains(document.activeElement)) return;
  try {
    const answer = await fetch(location.href, { credentials: "same-origin" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("live");
    if (!fresh) throw new Error(String(answer.status));
    if (fresh.innerHTML !== live.innerHTML) live.replaceWith(document.importNode(fresh, true));
    note.textContent = page.getElementById("fresh").textContent;
    note.className = "hint";
    lost = false;
  } catch {
    if (lost) return;
    lost = true;
    note.className = "fault";
    note.setAttribute("role", "alert");
    note.textContent = english
      ? "The studio does not answer just now; nothing is lost. This page tries again by itself."
      : "Xưởng phim tạm không trả lời; không mất gì cả. Trang này tự thử lại.";
  }
}
setInterval(renew, every);
document.addEventListener("visibilitychange", renew);
