/**
 * Which of many tests count as found, so that on average at most `falseShare` of the found ones are false (Benjamini
 * & Hochberg 1995, J. R. Statist. Soc. B 57:289–300).
 *
 * @param pValues 0 to 1, in any order
 * @returns for each test, in the given order, its adjusted p-value: it is found at every `falseShare` not below that
 */
export function adjustedPValues(pValues: readonly number[]): number[] {
  const order = pValues.map((pValue, index) => ({ pValue, index })).sort((a, b) => b.pValue - a.pValue);
  const adjusted = new Array<number>(pValues.length).fill(1);
  let smallest = 1;
  order.forEach(({ pValue, index }, position) => {
    const rank = pValues.length - position;
    smallest = Math.min(smallest, Math.max(pValue, (pValue * pValues.length) / rank));
    adjusted[index] = smallest;
  });
  return adjusted;
}
