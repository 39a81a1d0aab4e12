// What every page does: says what has been done, sends forms at once and once, keeps what is live up to date.

export const csrf = document.querySelector('meta[name="csrf"]').content;

/** Say a sentence where screen readers hear it too. */
export function say(text, fault = false) {
  const box = document.getElementById("said");
  const line = document.createElement("p");
  line.textContent = text;
  if (fault) line.className = "fault";
  box.replaceChildren(line);
  box.scrollIntoView({ block: "nearest" });
}

/** Ask our server; returns its JSON, or says what is wrong and returns null. */
export async function ask(address, options = {}) {
  const headers = { "X-CSRF-Token": csrf, ...(options.headers || {}) };
  try {
    const answer = await fetch(address, { ...options, headers, credentials: "same-origin" });
    const told = await answer.json();
    if (answer.ok) return told;
    say(told.message || String(answer.status), true);
  } catch {
    say(document.documentElement.lang === "en"
      ? "The studio does not answer; nothing is lost. Try again in a moment."
      : "Xưởng phim không trả lời; không mất gì cả. Hãy thử lại sau giây lát.", true);
  }
  return null;
}

// A form that has been sent is not sent again by a second click; one that nothing came of may be, after a while.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.dataset.again !== undefined) return;
  if (form.dataset.sent) { event.preventDefault(); return; }
  form.dataset.sent = "1";
  const buttons = form.querySelectorAll("button");
  for (const button of buttons) button.setAttribute("aria-disabled", "true");
  setTimeout(() => {
    delete form.dataset.sent;
    for (const button of buttons) button.removeAttribute("aria-disabled");
  }, 10000);
});
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
