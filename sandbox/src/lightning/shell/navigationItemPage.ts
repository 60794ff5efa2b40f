import type { PageReference } from '../browser/platform/pageReference.ts';

/**
 * The page that a navigation item leads to.
 * @param path of the item: `o/Contact/list` or `n/Scorecards`
 */
export function navigationItemPage(path: string): PageReference {
  const [kind, name = ''] = path.split('/');
  return kind === 'o'
    ? { type: 'standard__objectPage', attributes: { objectApiName: name, actionName: 'list' }, state: {} }
    : { type: 'standard__navItemPage', attributes: { apiName: name }, state: {} };
}
