"use strict";
(() => {
  const form = document.getElementById("find");
  const found = document.getElementById("found");
  const none = document.getElementById("none");
  const language = document.documentElement.lang;
  const printed = new Intl.DateTimeFormat(language, { dateStyle: "long", timeZone: "UTC" });
  const shownAtMost = 100;
  let cards = null;

  // Accents fall away; the marks of kana and the parts of Hangul stay, so that any part of a word is found.
  const flat = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();

  const load = async () => {
    const years = form.dataset.years.split(" ").filter(Boolean);
    const answers = await Promise.all(years.map((year) => fetch(`search/${language}/${year}.json`)));
    if (answers.some((answer) => !answer.ok)) throw new Error("no index");
    const held = (await Promise.all(answers.map((answer) => answer.json()))).flat();
    return held.map((card) => ({ ...card, text: flat(`${card.headline} ${card.summary}`) }));
  };

  const told = (name, text) => {
    const element = document.createElement(name);
    element.textContent = text;
    return element;
  };

  const shown = (card) => {
    const item = document.createElement("li");
    const link = told("a", card.headline);
    link.href = `${card.folder}/${language}.html`;
    const day = told("time", printed.format(new Date(`${card.close}T00:00:00Z`)));
    day.dateTime = card.close;
    const heading = document.createElement("h2");
    heading.append(link);
    const summary = told("p", card.summary);
    summary.className = "summary";
    item.append(heading, summary, day);
    return item;
  };

  const look = async () => {
    try {
      cards ??= await load();
    } catch {
      form.hidden = true; // opened from a disk, or the line is cut: the months below still work
      return;
    }
    const words = flat(form.elements.words.value).split(/\s+/).filter(Boolean);
    const hits = words.length ? cards.filter((card) => words.every((word) => card.text.includes(word))) : [];
    found.replaceChildren(...hits.slice(0, shownAtMost).map(shown));
    none.hidden = !words.length || hits.length > 0;
  };

  form.hidden = false;
  form.addEventListener("submit", (event) => { event.preventDefault(); look(); });
  form.addEventListener("input", look);
})();
