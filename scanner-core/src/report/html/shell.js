"use strict";
// What pages have in common. Text goes into them as text nodes only: nothing of it is read as
// markup, whatever a file or a token is called.
const page = (() => {
  const SVG = "http://www.w3.org/2000/svg";
  const DAY = 86400000;
  const $ = (id) => document.getElementById(id);

  /** Makes an element of a class, with children: nodes, or texts. */
  const el = (name, className, ...children) => {
    const node = document.createElement(name);
    if (className) node.className = className;
    node.append(...children.filter((child) => child !== null && child !== undefined));
    return node;
  };
  const svg = (name, attributes, text) => {
    const node = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    if (text !== undefined) node.textContent = text;
    return node;
  };
  const plural = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
  const day = (date) => date.slice(0, 10);
  const cut = (text, most) => (text.length > most ? text.slice(0, most - 1) + "\u2026" : text);

  /** Counts by key, the largest first. */
  function counted(keys) {
    const counts = new Map();
    for (const key of keys) counts.set(key, (counts.get(key) || 0) + 1);
    return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  }

  /** Bars from left to right, one a row. */
  function chart(title, rows, label) {
    const height = rows.length * 22;
    const most = Math.max(1, ...rows.map((row) => row[1]));
    const picture = svg("svg", { viewBox: `0 0 460 ${height}`, role: "img", "aria-label": label });
    rows.forEach(([name, count], at) => {
      const y = at * 22;
      picture.append(svg("text", { x: 0, y: y + 15 }, cut(name, 26)));
      picture.append(svg("rect", { class: "bar", x: 190, y: y + 4, height: 14, width: Math.max(2, (count / most) * 220) }));
      picture.append(svg("text", { x: 196 + (count / most) * 220, y: y + 15 }, String(count)));
    });
    return el("section", "chart", el("h2", "", title), picture);
  }

  const data = JSON.parse($("data").textContent);
  return { data, DAY, $, el, svg, plural, day, cut, counted, chart };
})();
