import { FAULT_CHOICES, INITIAL_PATH, INITIAL_SHARE } from './faultChoices.ts';
import type { FaultChoice } from './faultChoices.ts';
import { escapeAttribute } from './pageDocument.ts';

function inputMarkup(id: string, name: string, label: string, attributes: string): string {
  return `<div class="slds-form-element">
          <label class="slds-form-element__label" for="${id}-${name}">${escapeAttribute(label)}</label>
          <div class="slds-form-element__control">
            <input class="slds-input" id="${id}-${name}" name="${name}" ${attributes} />
          </div>
        </div>`;
}

function choiceMarkup({ id, label, explanation, inputs }: FaultChoice): string {
  const own = inputs.map(({ name, label: text, type, initial }) =>
    inputMarkup(
      id,
      name,
      text,
      `type="${type}" value="${escapeAttribute(initial)}" required ${type === 'number' ? 'min="0" max="600000" step="1"' : ''}`,
    ),
  );
  return `<li class="choice" data-choice="${id}">
      <div class="head">
        <label class="name">
          <input type="checkbox" id="${id}" aria-describedby="${id}-explanation" aria-controls="${id}-inputs" />
          ${escapeAttribute(label)}
        </label>
        <span class="strikes slds-badge" hidden></span>
      </div>
      <p class="slds-text-color_weak" id="${id}-explanation">${escapeAttribute(explanation)}</p>
      <div class="inputs" id="${id}-inputs" role="group" aria-label="${escapeAttribute(label)}" hidden>
        ${inputMarkup(id, 'path', 'Path begins with', `type="text" value="${INITIAL_PATH}" pattern="/.*" title="A path that begins with /"`)}
        ${inputMarkup(id, 'share', 'Share in percent', `type="number" value="${INITIAL_SHARE}" min="0" max="100" step="any" required`)}
        ${own.join('\n')}
      </div>
    </li>`;
}

/**
 * The markup of the page that lets the local org fail. It needs nothing of the org's own resources, so that it works
 * while they do not.
 * @param addresses of its script and its style sheets
 */
export function faultDocument(addresses: { script: string; stylesheets: readonly string[] }): string {
  const links = addresses.stylesheets.map(
    (address) => `<link rel="stylesheet" href="${escapeAttribute(address)}" />`,
  );
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Faults of the local org</title>
    <link rel="icon" href="data:," />
    ${links.join('\n    ')}
    <script type="module" src="${escapeAttribute(addresses.script)}"></script>
  </head>
  <body class="slds-scope">
    <main class="page">
      <p><a href="/lightning">Back to the demo</a></p>
      <h1 class="slds-text-heading_large slds-m-vertical_small">Faults of the local org</h1>
      <p class="slds-m-bottom_medium">
        Choose what goes wrong between the relay and the org, and watch what becomes of the calls.
        A path is the part of a REST address behind the version; an empty one stands for every request.
      </p>
      <form inert>
        <ul class="choices">${FAULT_CHOICES.map(choiceMarkup).join('\n')}</ul>
        <div class="bar">
          <button type="submit" class="slds-button slds-button_brand">Set</button>
          <button type="button" class="slds-button slds-button_neutral" id="clear">Clear</button>
          <p id="state" role="status"></p>
          <p id="refusal" role="alert" class="slds-text-color_error"></p>
        </div>
      </form>
    </main>
  </body>
</html>
`;
}
