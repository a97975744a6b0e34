// Shows credentials: a table that is sorted and filtered, the ends to come, and notices.
(() => {
  const { data, DAY, $, el, svg, plural, day, cut, counted, chart } = page;
  const PAGE = 200;
  const MOST_PRINTED = 2000;
  const MOST_ENDS = 15;
  const MONTHS = 13;
  const now = Date.parse(data.now);
  const entries = data.entries;
  const ROLES = { 5: "minimal", 10: "guest", 15: "planner", 20: "reporter", 30: "developer", 40: "maintainer", 50: "owner" };

  const date = (time) => (time ? day(time) : "");
  const alive = (entry) => entry.state === "active" || entry.state === "off";
  const place = (entry) => (entry.where ? entry.where.path || entry.where.type : "");
  const owner = (entry) => (entry.owner ? entry.owner.username || `account ${entry.owner.id}` : "");
  const violations = (entry) => (entry.violations || []).map((one) => one.policy);
  const leaks = (entry) => (entry.leaks || []).map((one) => one.place);

  // Name, what is shown, what is sorted by, class of the cells.
  const COLUMNS = [
    ["kind", (entry) => entry.kind.replaceAll("_", " ")],
    ["id", (entry) => String(entry.id), (entry) => entry.id, "short"],
    ["name", (entry) => entry.name, null, "long"],
    ["where", place, null, "long"],
    ["state", (entry) => entry.state],
    ["expires", (entry) => date(entry.expires_at), (entry) => (entry.expires_at ? Date.parse(entry.expires_at) : Infinity), "short"],
    ["last used", (entry) => date(entry.last_used_at), (entry) => (entry.last_used_at ? Date.parse(entry.last_used_at) : -Infinity), "short"],
    ["owner", (entry) => owner(entry) + (entry.owner && !/^(active|unknown)$/.test(entry.owner.state) ? ` (${entry.owner.state})` : "")],
    ["scopes", (entry) => [...(entry.scopes || []), ...(entry.permissions || [])].join(" ")],
    ["role", (entry) => (entry.role ? ROLES[entry.role] || String(entry.role) : ""), (entry) => entry.role || 0],
    ["created", (entry) => date(entry.created_at), (entry) => (entry.created_at ? Date.parse(entry.created_at) : -Infinity), "short"],
    ["addresses", (entry) => (entry.last_used_ips || []).join(" ")],
    ["wrong", (entry) => [...violations(entry), ...leaks(entry).map((where) => `leaked at ${where}`)].join(", "), (entry) => -violations(entry).length - leaks(entry).length, "broken"],
  ];

  for (const entry of entries) {
    entry.cells = COLUMNS.map(([, show]) => show(entry));
    entry.text = entry.cells.join("\n").toLowerCase();
    entry.left = alive(entry) && entry.expires_at ? (Date.parse(entry.expires_at) - now) / DAY : null;
  }

  let matching = entries;
  let shown = 0;
  let sorted = { column: 5, isUp: true };

  function filter() {
    const words = $("search").value.toLowerCase().split(/\s+/).filter(Boolean);
    const [kind, state, type, within] = ["kind", "state", "owner", "within"].map((id) => $(id).value);
    const brokenOnly = $("broken").checked;
    matching = entries.filter(
      (entry) =>
        (!kind || entry.kind === kind) &&
        (!state || entry.state === state) &&
        (!type || (entry.owner && entry.owner.type === type)) &&
        (!within || (within === "never" ? alive(entry) && !entry.expires_at : entry.left !== null && entry.left < Number(within))) &&
        (!brokenOnly || violations(entry).length + leaks(entry).length > 0) &&
        words.every((word) => entry.text.includes(word)),
    );
    order();
  }

  function order() {
    const { column, isUp } = sorted;
    const key = COLUMNS[column][2] || ((entry) => entry.cells[column]);
    const sign = isUp ? 1 : -1;
    matching = [...matching].sort((a, b) => {
      const [x, y] = [key(a), key(b)];
      return sign * (x < y ? -1 : x > y ? 1 : 0) || a.id - b.id;
    });
    document.querySelectorAll("#entries th").forEach((head, at) => {
      if (at === column) head.setAttribute("aria-sort", isUp ? "ascending" : "descending");
      else head.removeAttribute("aria-sort");
    });
    $("rows").replaceChildren();
    shown = 0;
    more(PAGE);
  }

  function more(count) {
    const next = matching.slice(shown, shown + count);
    $("rows").append(...next.map(row));
    shown += next.length;
    const left = matching.length - shown;
    $("more").hidden = left === 0;
    $("more").textContent = `Show ${Math.min(left, PAGE)} more of ${left}`;
    $("count").textContent = `${matching.length.toLocaleString("en")} of ${plural(entries.length, "credential")}`;
  }

  function row(entry) {
    return el("tr", "", ...entry.cells.map((text, at) => el("td", COLUMNS[at][3] || "", text)));
  }

  function heads() {
    COLUMNS.forEach(([name], at) => {
      const button = el("button", "", name);
      button.type = "button";
      button.addEventListener("click", () => {
        sorted = { column: at, isUp: sorted.column === at ? !sorted.isUp : true };
        order();
      });
      const head = el("th", "", button);
      head.scope = "col";
      $("heads").append(head);
    });
  }

  function cards() {
    const living = entries.filter(alive);
    const add = (number, text, kind) => $("cards").append(el("li", "", el("b", kind || "", number.toLocaleString("en")), text));
    add(entries.length, "credentials");
    add(living.length, "alive");
    for (const step of data.steps) {
      const ending = living.filter((entry) => entry.left !== null && entry.left < step).length;
      add(ending, `end within ${plural(step, "day")}`, ending ? "high" : "");
    }
    add(living.filter((entry) => !entry.expires_at).length, "without an end");
    const wrong = entries.filter((entry) => violations(entry).length).length;
    if (wrong) add(wrong, "do not meet a policy", "critical");
    const leaked = entries.filter((entry) => leaks(entry).length).length;
    if (leaked) add(leaked, "leaked, or could have", "critical");
  }

  /** The nearest ends, each on a line from now on. */
  function timeline(ending) {
    const rows = ending.slice(0, MOST_ENDS);
    const whole = Math.max(1, rows[rows.length - 1].left);
    const x = (left) => 330 + (Math.max(0, left) / whole) * 450;
    const label = "The nearest ends: how many days each credential has left";
    const picture = svg("svg", { viewBox: `0 0 900 ${rows.length * 22 + 24}`, role: "img", "aria-label": label });
    const soon = Math.min(...data.steps);
    rows.forEach((entry, at) => {
      const y = at * 22;
      picture.append(svg("text", { x: 0, y: y + 15 }, cut(`${entry.cells[0]} ${entry.name}, ${entry.cells[3]}`, 50)));
      const kind = entry.left < soon ? "soon" : "later";
      const bar = svg("rect", { class: kind, x: 330, y: y + 4, height: 14, width: Math.max(3, x(entry.left) - 330) });
      bar.append(svg("title", {}, `ends ${day(entry.expires_at)}`));
      picture.append(bar);
      picture.append(svg("text", { x: 790, y: y + 15 }, plural(Math.floor(entry.left), "day")));
    });
    const y = rows.length * 22 + 16;
    picture.append(svg("line", { class: "axis", x1: 330, x2: 780, y1: y - 12, y2: y - 12 }));
    picture.append(svg("text", { x: 330, y }, day(data.now)));
    picture.append(svg("text", { x: 780, y, "text-anchor": "end" }, day(rows[rows.length - 1].expires_at)));
    return el("section", "chart", el("h2", "", "The nearest ends"), picture);
  }

  /** Ends by month, from this one on. */
  function months(ending) {
    const start = new Date(now);
    const name = (at) => new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + at, 1)).toISOString().slice(0, 7);
    const counts = new Map(counted(ending.map((entry) => entry.expires_at.slice(0, 7))));
    const rows = Array.from({ length: MONTHS }, (_, at) => [name(at), counts.get(name(at)) || 0]);
    const later = ending.filter((entry) => entry.expires_at.slice(0, 7) > name(MONTHS - 1)).length;
    return chart("Ends by month", [...rows, ["later", later]], "Number of ends by month");
  }

  function charts() {
    if (!entries.length) return;
    const kinds = counted(entries.map((entry) => entry.cells[0]));
    $("charts").append(chart("By kind", kinds, "Number of credentials by kind"));
    const ending = entries.filter((entry) => entry.left !== null).sort((a, b) => a.left - b.left);
    if (!ending.length) return;
    $("charts").append(months(ending));
    $("timeline").append(timeline(ending));
  }

  function notices() {
    if (!data.notices) return;
    const list = el("ul", "");
    for (const { notice, entry, text, remedy } of data.notices) {
      const where = entry.where && entry.where.path ? ` of ${entry.where.path}` : "";
      const head = el("b", notice === "new" ? "medium" : "high", notice.replaceAll("_", " "));
      const what = ` ${entry.kind.replaceAll("_", " ")} ${entry.id} \u201c${entry.name}\u201d${where}: ${text}. `;
      list.append(el("li", "", head, what, el("span", "faint", remedy)));
    }
    const none = data.notices.length ? null : el("p", "", "Nothing happened since the last run.");
    $("notices").append(el("h2", "", "Notices"), none || list);
  }

  /** Keys: `/` searches. */
  function keys(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.key !== "/") return;
    if (/^(INPUT|SELECT)$/.test(event.target.tagName)) return;
    event.preventDefault();
    $("search").focus();
  }

  const options = (id, values) => {
    for (const [value] of counted(values).sort()) $(id).append(new Option(value.replaceAll("_", " "), value));
  };
  options("kind", entries.map((entry) => entry.kind));
  options("state", entries.map((entry) => entry.state));
  options("owner", entries.filter((entry) => entry.owner).map((entry) => entry.owner.type));
  for (const step of [...data.steps].sort((a, b) => a - b)) $("within").append(new Option(`within ${plural(step, "day")}`, step));
  $("within").append(new Option("never", "never"));
  $("filters").hidden = entries.length === 0;
  $("entries").hidden = entries.length === 0;
  $("filters").addEventListener("input", filter);
  $("filters").addEventListener("submit", (event) => event.preventDefault());
  $("filters").addEventListener("reset", () => setTimeout(filter));
  $("more").addEventListener("click", () => more(PAGE));
  document.addEventListener("keydown", keys);
  // Paper has the first rows; what is left is counted above them.
  window.addEventListener("beforeprint", () => more(Math.max(0, Math.min(matching.length, MOST_PRINTED) - shown)));
  cards();
  notices();
  charts();
  heads();
  filter();
})();
