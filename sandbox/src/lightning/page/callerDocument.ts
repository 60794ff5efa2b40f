import { escapeAttribute } from './pageDocument.ts';

/** How a caller of the page can behave, by the value of its choice. */
const BEHAVIOURS: readonly (readonly [value: string, label: string])[] = [
  ['talks', 'Talks until the rep hangs up'],
  ['hangsUp', 'Hangs up after 15 seconds'],
  ['givesUp', 'Gives up after 8 seconds of ringing'],
  ['voicemail', 'Leaves a message when nobody answers'],
];

/**
 * The markup of the page from which a simulated caller rings a user.
 * @param addresses of its script and its style sheets
 */
export function callerDocument(addresses: { script: string; stylesheets: readonly string[] }): string {
  const links = addresses.stylesheets.map(
    (address) => `<link rel="stylesheet" href="${escapeAttribute(address)}" />`,
  );
  const behaviours = BEHAVIOURS.map(([value, label]) => `<option value="${value}">${label}</option>`);
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Callers of the local switch</title>
    <link rel="icon" href="data:," />
    ${links.join('\n    ')}
    <script type="module" src="${escapeAttribute(addresses.script)}"></script>
  </head>
  <body class="slds-scope">
    <main class="page">
      <p><a href="/lightning">Back to the demo</a></p>
      <h1 class="slds-text-heading_large slds-m-vertical_small">Callers of the local switch</h1>
      <p class="slds-m-bottom_medium">Have a simulated caller ring somebody whose phone is open in another tab.</p>
      <form class="fields" inert>
        ${field('user', 'Whom to ring', '<select class="slds-select" id="user" required></select>')}
        ${field(
          'from',
          'Number of the caller; empty when withheld',
          '<input class="slds-input" id="from" type="tel" value="+13035550142" pattern="\\+[1-9][0-9]{3,14}" title="A number with its country code, such as +13035550142" />',
        )}
        ${field('behaviour', 'What the caller does', `<select class="slds-select" id="behaviour">${behaviours.join('')}</select>`)}
        <div class="bar">
          <button type="submit" class="slds-button slds-button_brand">Ring</button>
          <p id="state" role="status"></p>
          <p id="refusal" role="alert" class="slds-text-color_error"></p>
        </div>
      </form>
    </main>
  </body>
</html>
`;
}

function field(id: string, label: string, control: string): string {
  return `<div class="slds-form-element">
          <label class="slds-form-element__label" for="${id}">${label}</label>
          <div class="slds-form-element__control">${control}</div>
        </div>`;
}
