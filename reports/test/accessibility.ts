import type { Page } from 'playwright-core';

/** What a person with a screen reader, a keyboard or weak eyes would stumble over. Runs in the page, over everything that is visible. */
export async function accessibilityProblems(page: Page): Promise<readonly string[]> {
  return page.evaluate<string[]>(CHECK);
}

const CHECK = `(() => {
  const problems = [];
  const shown = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const name = (element) => (element.getAttribute('aria-label') ?? element.textContent ?? '').trim() || element.getAttribute('title') || '';
  const where = (element) => element.tagName.toLowerCase() + '.' + element.className + ' ' + (element.textContent ?? '').trim().slice(0, 40);

  const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
  for (const id of new Set(ids)) if (ids.filter((other) => other === id).length > 1) problems.push('id twice: ' + id);
  for (const element of document.querySelectorAll('[aria-controls], [aria-describedby], [aria-labelledby]')) {
    for (const attribute of ['aria-controls', 'aria-describedby', 'aria-labelledby']) {
      for (const id of (element.getAttribute(attribute) ?? '').split(' ').filter(Boolean)) {
        if (document.getElementById(id) === null) problems.push(attribute + ' leads nowhere: ' + id);
      }
    }
  }
  for (const element of document.querySelectorAll('button, a[href], summary')) if (shown(element) && name(element) === '') problems.push('no name: ' + where(element));
  for (const input of document.querySelectorAll('input')) if (input.labels.length === 0) problems.push('no label: ' + where(input));
  for (const graphic of document.querySelectorAll('svg')) {
    if (graphic.getAttribute('aria-hidden') !== 'true' && !(graphic.getAttribute('role') === 'img' && graphic.getAttribute('aria-label'))) problems.push('no text for a picture');
  }
  for (const header of document.querySelectorAll('table th')) if (!['row', 'col'].includes(header.scope)) problems.push('no scope: ' + where(header));
  const levels = [...document.querySelectorAll('h1, h2, h3, h4, h5')].filter(shown).map((heading) => [Number(heading.tagName[1]), where(heading)]);
  for (const [index, [level, text]] of levels.entries()) if (index > 0 && level > levels[index - 1][0] + 1) problems.push('heading skips a level: ' + text);
  for (const landmark of ['main', 'header', 'h1', 'html[lang]']) if (document.querySelectorAll(landmark).length !== 1) problems.push('not one ' + landmark);
  for (const box of document.querySelectorAll('*')) {
    const style = getComputedStyle(box);
    if (!shown(box) || !['auto', 'scroll'].includes(style.overflowY) || box.scrollHeight <= box.clientHeight + 1) continue;
    if (box.tabIndex < 0 && box !== document.scrollingElement) problems.push('scrolls, but not by keyboard: ' + where(box));
  }

  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const rgba = (colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const background = (element) => {
    for (let at = element; at !== null; at = at.parentElement) {
      const colour = rgba(getComputedStyle(at).backgroundColor);
      if (colour[3] === 255) return colour.slice(0, 3);
    }
    return [255, 255, 255];
  };
  const seen = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !shown(element) || element.closest('.unseen, script, style, title')) continue;
    const style = getComputedStyle(element);
    const colour = rgba(element instanceof SVGElement ? style.fill : style.color).slice(0, 3);
    const [light, dark] = [luminance(colour), luminance(background(element))].sort((a, b) => b - a);
    const contrast = (light + 0.05) / (dark + 0.05) ;
    const key = colour + ' on ' + background(element);
    if (contrast * Number(style.opacity) ** 0.5 < 4.5 && !seen.has(key)) {
      seen.add(key);
      problems.push('contrast ' + contrast.toFixed(2) + ': ' + key + ' ' + where(element));
    }
  }
  return problems;
})()`;
