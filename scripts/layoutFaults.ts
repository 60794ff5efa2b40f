import type { Locator } from '@playwright/test';

/**
 * What is wrong with how a part of a page is laid out, a line each: the page or the part scrolls sideways, or its text
 * is cut off or lies over other text of it. Text that is cut short on purpose has the whole of it in a `title`.
 */
export async function layoutFaults(part: Locator): Promise<string[]> {
  return await part.evaluate(findFaults);
}

/** Runs in the page: it can use nothing from outside itself. */
function findFaults(part: Element): string[] {
  const TOLERANCE_PX = 1;
  const faults = new Set<string>();
  const elements: Element[] = [];
  const texts: { readonly words: string; readonly holder: Element; readonly box: DOMRect }[] = [];

  const collect = (node: Node): void => {
    if (node instanceof Element) {
      const { display, visibility } = getComputedStyle(node);
      if (display === 'none' || visibility === 'hidden') return;
      elements.push(node);
      node.shadowRoot?.childNodes.forEach(collect);
      if (node instanceof SVGElement) return;
    }
    if (node instanceof Text && node.data.trim() !== '') addText(node);
    node.childNodes.forEach(collect);
  };

  function addText(node: Text): void {
    const holder = parentOf(node);
    if (holder === undefined || isOnlySpoken(holder)) return;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const box of range.getClientRects())
      if (box.width > 0) texts.push({ words: node.data.trim(), holder, box });
  }

  function parentOf(node: Node): Element | undefined {
    const parent =
      node instanceof Element && node.assignedSlot !== null ? node.assignedSlot : node.parentNode;
    // Under LWC's synthetic shadow a root is no ShadowRoot, but has its host all the same.
    if (parent !== null && 'host' in parent && parent.host instanceof Element) return parent.host;
    return parent instanceof Element ? parent : undefined;
  }

  function ancestors(element: Element): Element[] {
    const parent = parentOf(element);
    return parent === undefined ? [element] : [element, ...ancestors(parent)];
  }

  /** For screen readers: a pixel of it is left on the screen. */
  function isOnlySpoken(holder: Element): boolean {
    return ancestors(holder).some((element) => {
      const { width, height } = element.getBoundingClientRect();
      return (
        width <= TOLERANCE_PX && height <= TOLERANCE_PX && getComputedStyle(element).position === 'absolute'
      );
    });
  }

  function isCutOff(holder: Element, box: DOMRect): boolean {
    return ancestors(holder).some((element) => {
      const { overflowX, overflowY } = getComputedStyle(element);
      const edge = element.getBoundingClientRect();
      const isWider = box.left < edge.left - TOLERANCE_PX || box.right > edge.right + TOLERANCE_PX;
      const isTaller = box.top < edge.top - TOLERANCE_PX || box.bottom > edge.bottom + TOLERANCE_PX;
      return (overflowX !== 'visible' && isWider) || (['hidden', 'clip'].includes(overflowY) && isTaller);
    });
  }

  function common(one: DOMRect, other: DOMRect): DOMRect {
    const [left, top] = [Math.max(one.left, other.left), Math.max(one.top, other.top)];
    const width = Math.max(0, Math.min(one.right, other.right) - left);
    return new DOMRect(left, top, width, Math.max(0, Math.min(one.bottom, other.bottom) - top));
  }

  /** Without what a part that scrolls, or that hides what is longer, does not show of it. */
  function seen({ holder, box }: { holder: Element; box: DOMRect }): DOMRect {
    return ancestors(holder)
      .filter((element) => getComputedStyle(element).overflowY !== 'visible')
      .reduce((rest, element) => common(rest, element.getBoundingClientRect()), box);
  }

  /** A strip that stays in sight lies over what is scrolled below it, on a ground of its own. */
  function isStuck(holder: Element): boolean {
    return ancestors(holder).some((element) => getComputedStyle(element).position === 'sticky');
  }

  function lieOverEachOther(one: DOMRect, other: DOMRect): boolean {
    const { width, height } = common(one, other);
    return width * height > 0.2 * Math.min(one.width * one.height, other.width * other.height);
  }

  if (document.documentElement.scrollWidth > document.documentElement.clientWidth)
    faults.add('the page scrolls sideways');
  collect(part);
  for (const element of elements)
    if (
      ['auto', 'scroll'].includes(getComputedStyle(element).overflowX) &&
      element.scrollWidth > element.clientWidth + TOLERANCE_PX
    )
      faults.add(`<${element.localName} class="${element.className}"> scrolls sideways`);
  for (const { words, holder, box } of texts) {
    const isTitled = ancestors(holder).some((element) => element.hasAttribute('title'));
    if (!isTitled && isCutOff(holder, box)) faults.add(`cut off: ${words}`);
  }
  const shown = texts.map((text) => ({ ...text, box: seen(text), isStuck: isStuck(text.holder) }));
  shown.forEach((one, index) => {
    for (const other of shown.slice(index + 1))
      if (
        one.holder !== other.holder &&
        one.isStuck === other.isStuck &&
        lieOverEachOther(one.box, other.box)
      )
        faults.add(`“${one.words}” and “${other.words}” lie over each other`);
  });
  return [...faults];
}
