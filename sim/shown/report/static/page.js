"use strict";
/* The page itself: language, figures, sliders, tables, files to take along. Without it the texts and tables stand. */
(() => {
  const root = document.documentElement, data = JSON.parse(document.getElementById("data").textContent);
  const states = {}, drawn = {};
  const speaks = () => (root.lang === "zh" ? 0 : 1);
  const words = (text) => (Array.isArray(text) ? text[speaks()] : text);
  const all = (selector) => [...document.querySelectorAll(selector)];

  const draw = (place, width = Math.floor(place.clientWidth)) => {
    const name = place.dataset.figure;
    if (!width) return;
    const made = charts.make(data.figures[name], width, states[name], words);
    if (drawn[name]) drawn[name].chart.dispose();
    place.style.height = `${made.height}px`;
    const chart = echarts.init(place, null, { renderer: "svg", width, height: made.height });
    chart.setOption(made.option);
    scalable(place.querySelector("svg"), width, made.height);
    drawn[name] = { chart, width };
  };
  /* A printer has another width than the screen. */
  const scalable = (svg, width, height) => {
    svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    svg.setAttribute("aria-hidden", "true");
    svg.setAttribute("focusable", "false");
  };
  const drawAll = () => all(".chart").forEach((place) => draw(place));

  const speak = (lang) => {
    root.lang = lang;
    const title = document.querySelector("title"), button = document.getElementById("language");
    document.title = title.dataset[lang];
    button.textContent = lang === "zh" ? "English" : "中文";
    button.lang = lang === "zh" ? "en" : "zh";
    all("[data-label-zh]").forEach((one) => one.setAttribute("aria-label", lang === "zh" ? one.dataset.labelZh : one.dataset.labelEn));
    all("input[type=range]").forEach(tell);
    drawAll();
  };

  const tell = (slider) => {
    const step = data.sliders[slider.dataset.control][Number(slider.value)];
    slider.setAttribute("aria-valuetext", words(step));
    slider.parentElement.querySelector("output").textContent = words(step);
  };
  const change = (input) => {
    states[input.dataset.figure][input.dataset.control] = Number(input.value);
    if (input.type === "range") tell(input);
    draw(document.querySelector(`.chart[data-figure="${input.dataset.figure}"]`));
  };

  /* Files to take along. */
  const save = (name, content, kind) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type: kind }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  };
  const csv = (rows) => "\ufeff" + rows.map((row) => row.map((cell) => {
    const text = cell === null || cell === undefined ? "" : String(cell);
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }).join(",")).join("\r\n") + "\r\n";
  const ofLines = (figure) => {
    const columns = figure.panels.flatMap((panel) => panel.series.flatMap((one) => {
      const about = words(panel.heading) || words(panel.axis), name = about ? `${about}: ${words(one.label)}` : words(one.label);
      const bounds = one.low ? [[`${name} ${words(["下限", "low"])}`, one.low], [`${name} ${words(["上限", "high"])}`, one.high]] : [];
      return [[name, one.values], ...bounds];
    }));
    const months = Math.max(...columns.map(([, values]) => values.length));
    const rows = Array.from({ length: months }, (_, month) => [month + 1, ...columns.map(([, values]) => values[month])]);
    return [[words(["月份", "month"]), ...columns.map(([name]) => name)], ...rows];
  };
  const ofSankey = (figure, choices) => {
    const rows = [[words(["情景", "scenario"]), words(["到月份", "up to month"]), words(["付款方", "who pays"]), words(["收款方", "who is paid"]), words(["元", "yuan"])]];
    figure.books.forEach((book, world) => figure.links.forEach(([payer, payee], k) => book[k].forEach((yuan, month) => {
      if (yuan) rows.push([choices[world] || "", (month + 1) * figure.stretch, words(figure.sectors[payer]), words(figure.sectors[payee]), yuan]);
    })));
    return rows;
  };
  const ofMap = (figure) => {
    const rows = [[words(["情景", "scenario"]), words(["年末", "end of"]), words(["户", "home"]), words(["公里", "km"]), words(["在家", "at home"]), words(["登记", "registered"]), words(["副业", "trade"])]];
    figure.worlds.forEach((world) => world.years.forEach((year, k) => year.forEach(([here, people, trade], home) => {
      rows.push([words(world.name), words(data.sliders.year[k]), home + 1, figure.homes[home][0], here, people, words(figure.trades[trade].label)]);
    })));
    return rows;
  };
  const ofTable = (table) => [...table.rows].map((row) => [...row.cells].map((cell) => cell.innerText.trim()));
  const numbers = (name) => {
    const figure = data.figures[name];
    if (figure.kind === "lines") return ofLines(figure);
    if (figure.kind === "sankey") return ofSankey(figure, all(`input[name="${name}-world"]`).map((one) => one.parentElement.innerText.trim()));
    if (figure.kind === "map") return ofMap(figure);
    return data.figures[name].rows || figure.panels[0].rows ? ofRows(figure) : ofTable(document.querySelector(`#table-${name} table`));
  };
  const ofRows = (figure) => {
    const head = [""], rows = (figure.rows || figure.panels[0].rows).map((row) => [words(row)]);
    figure.panels.forEach((panel) => panel.series.forEach((one) => {
      for (const key of ["values", "low", "high"]) {
        if (!one[key]) continue;
        const end = key === "values" ? "" : words(key === "low" ? [" 下限", " low"] : [" 上限", " high"]);
        head.push(`${words(panel.heading)}: ${words(one.label)}${end}`);
        one[key].forEach((value, row) => rows[row].push(value));
      }
    }));
    return [head, ...rows];
  };

  const WIDTH = 960;
  const face = () => {
    const rule = [...document.styleSheets[0].cssRules].find((one) => one.type === CSSRule.FONT_FACE_RULE);
    return rule ? rule.cssText : "";
  };
  /* What the buttons and sliders of a figure say, so that its picture tells which month and scenario it shows. */
  const chosen = (name) => {
    const place = document.getElementById(`figure-${name}`);
    const said = [...place.querySelectorAll("input:checked")].map((one) => one.parentElement.innerText.trim());
    return [...said, ...[...place.querySelectorAll("output")].map((one) => one.textContent)].join(" · ");
  };
  const picture = (name) => {
    const place = document.createElement("div"), figure = data.figures[name];
    const made = charts.alone(figure, WIDTH, states[name], words, chosen(name));
    const chart = echarts.init(place, null, { renderer: "svg", width: WIDTH, height: made.height });
    chart.setOption(made.option);
    const svg = place.querySelector("svg").cloneNode(true);
    chart.dispose();
    scalable(svg, WIDTH, made.height);
    svg.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    const style = document.createElementNS("http://www.w3.org/2000/svg", "style");
    style.textContent = face();
    svg.prepend(style);
    return { text: new XMLSerializer().serializeToString(svg), width: WIDTH, height: made.height };
  };
  const png = (made) => new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => {
      const canvas = document.createElement("canvas");
      canvas.width = made.width * 2;
      canvas.height = made.height * 2;
      const pen = canvas.getContext("2d");
      pen.scale(2, 2);
      pen.drawImage(image, 0, 0, made.width, made.height);
      canvas.toBlob(resolve, "image/png");
    };
    image.onerror = reject;
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(made.text)}`;
  });
  const take = async (button) => {
    const name = button.dataset.figure, kind = button.dataset.take, lang = root.lang;
    if (kind === "every") return save("parameters.csv", csv(ofTable(document.querySelector("#every table"))), "text/csv");
    if (kind === "csv") return save(`${name}.${lang}.csv`, csv(numbers(name)), "text/csv");
    const made = picture(name);
    if (kind === "svg") return save(`${name}.${lang}.svg`, made.text, "image/svg+xml");
    return save(`${name}.${lang}.png`, await png(made), "image/png");
  };

  /* The long table of all parameters is filled when somebody opens it. */
  const cell = (kind, content) => {
    const one = document.createElement(kind);
    const texts = Array.isArray(content) ? [["zh", content[0]], ["en", content[1]]] : [["", content]];
    for (const [lang, text] of texts) {
      if (!lang || texts.length === 1) { one.textContent = text; continue; }
      const span = document.createElement("span");
      span.lang = lang;
      span.textContent = text;
      one.append(span);
    }
    return one;
  };
  const fill = (table) => {
    if (table.rows.length) return;
    const head = table.createTHead().insertRow(), body = table.createTBody();
    data.every.head.forEach((name) => { const one = cell("th", name); one.scope = "col"; head.append(one); });
    data.every.rows.forEach((row) => {
      const line = body.insertRow();
      row.forEach((place, k) => { const one = cell(k ? "td" : "th", data.every.cells[place]); if (!k) one.scope = "row"; line.append(one); });
    });
  };
  const every = document.getElementById("every");
  if (every) {
    const table = every.querySelector("table"), find = document.getElementById("every-find");
    every.addEventListener("toggle", () => { if (every.open) fill(table); });
    find.addEventListener("input", () => {
      const wanted = find.value.trim().toLowerCase();
      [...table.tBodies[0].rows].forEach((row) => { row.hidden = !row.textContent.toLowerCase().includes(wanted); });
    });
  }

  Object.keys(data.figures).forEach((name) => { states[name] = {}; });
  all("input[data-control]").forEach((input) => {
    if (input.type === "range" || input.checked) states[input.dataset.figure][input.dataset.control] = Number(input.value);
    if (input.type === "range") tell(input);
    input.addEventListener(input.type === "range" ? "input" : "change", () => change(input));
  });
  all("[data-take]").forEach((button) => button.addEventListener("click", () => take(button)));
  all("[data-file]").forEach((button) => button.addEventListener("click", () => {
    const [name, text] = data.files[Number(button.dataset.file)];
    save(name, text, "text/plain");
  }));
  document.getElementById("language").addEventListener("click", () => speak(root.lang === "zh" ? "en" : "zh"));
  document.getElementById("print").addEventListener("click", () => window.print());
  const PAPER = 690;
  window.addEventListener("beforeprint", () => all(".chart").forEach((place) => draw(place, PAPER)));
  window.addEventListener("afterprint", drawAll);
  new ResizeObserver(() => all(".chart").forEach((place) => {
    const was = drawn[place.dataset.figure];
    if (was && was.width !== Math.floor(place.clientWidth) && !window.matchMedia("print").matches) draw(place);
  })).observe(document.getElementById("main"));
  document.fonts.ready.then(drawAll);
  drawAll();
})();
