// A book file on its way: sent as it is, with progress; then its reading is waited for.
import { ask, csrf, say } from "./studio.js";
import { hear } from "./listen.js";

const form = document.getElementById("book");
const bar = document.getElementById("book-sent");
const label = document.getElementById("book-label");
form.addEventListener("submit", (event) => {
  event.preventDefault();
  const file = document.getElementById("book-file").files[0];
  if (file) send(file);
});

function send(file) {
  const kind = document.getElementById("book-kind").value;
  const asking = new XMLHttpRequest();
  asking.open("POST", `${form.getAttribute("action")}?name=${encodeURIComponent(file.name)}&kind=${kind}`);
  asking.setRequestHeader("X-CSRF-Token", csrf);
  asking.setRequestHeader("Content-Type", "application/octet-stream");
  asking.upload.onprogress = (event) => { bar.value = (100 * event.loaded) / Math.max(1, event.total); };
  asking.onload = () => {
    const told = JSON.parse(asking.responseText || "{}");
    if (asking.status === 202) wait(told.ticket); else failed(told.message);
  };
  asking.onerror = () => failed("");
  document.getElementById("book-progress").hidden = false;
  label.textContent = form.dataset.sending;
  bar.value = 0;
  asking.send(file);
}

async function wait(ticket) {
  label.textContent = form.dataset.reading;
  bar.removeAttribute("value");
  for (;;) {
    const told = await ask(`/new/book/${ticket}`);
    if (!told) return failed("");
    if (told.done && told.draft) { location.href = told.draft; return null; }
    if (told.done) return failed(told.faults.map((one) => one.said).join(" "));
    await new Promise((done) => setTimeout(done, 700));
  }
}

function failed(said) {
  document.getElementById("book-progress").hidden = true;
  if (said) say(said, true);
  return null;
}

for (const button of document.querySelectorAll("[data-sample]")) {
  button.addEventListener("click", () =>
    hear(`/voices/${document.getElementById(button.dataset.sample).value}/sample`, button));
}
