/** Text as it may stand in an element or a quoted attribute. */
export function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}

/**
 * The page's markup: nothing but its styles and the boot script.
 * @param title shown until the first page has its own
 * @param assets addresses the boot script reads, by name
 */
export function pageDocument(title: string, assets: Readonly<Record<string, string>>): string {
  const { boot = '', stylesheet = '', shellStylesheet = '' } = assets;
  return `<!doctype html>
<html lang="en" data-assets="${escapeAttribute(JSON.stringify(assets))}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${escapeAttribute(title)}</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="${escapeAttribute(stylesheet)}" />
    <link rel="stylesheet" href="${escapeAttribute(shellStylesheet)}" />
    <script type="module" src="${escapeAttribute(boot)}"></script>
  </head>
  <body class="slds-scope">
    <div id="starting" class="slds-p-around_large" role="status">Starting…</div>
  </body>
</html>
`;
}
