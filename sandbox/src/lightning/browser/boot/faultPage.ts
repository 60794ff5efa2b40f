import * as z from 'zod/mini';

import { FAULT_CHOICES } from '../../page/faultChoices.ts';
import type { FaultChoice } from '../../page/faultChoices.ts';
import { pageElement } from './pageElement.ts';

const FAULTS = '/sandbox/faults';
const REFRESH_MS = 1_000;

const faultSchema = z.looseObject({
  kind: z.string(),
  path: z.optional(z.string()),
  share: z.optional(z.number()),
  milliseconds: z.optional(z.number()),
  object: z.optional(z.string()),
  field: z.optional(z.string()),
  rejects: z.optional(z.string()),
  changes: z.optional(z.record(z.string(), z.unknown())),
  strikes: z.number(),
});
const planSchema = z.object({ faults: z.array(faultSchema) });
const refusalSchema = z.object({ message: z.string() });

type ShownFault = z.output<typeof faultSchema>;

const checkboxOf = ({ id }: FaultChoice) => pageElement(`#${id}`, HTMLInputElement);
const inputOf = ({ id }: FaultChoice, name: string) => pageElement(`#${id}-${name}`, HTMLInputElement);

/** Inputs of a choice that is not made are out of sight, out of the tab order and unchecked. */
function showInputs(choice: FaultChoice): void {
  const isChosen = checkboxOf(choice).checked;
  const inputs = pageElement(`#${choice.id}-inputs`, HTMLElement);
  inputs.hidden = !isChosen;
  for (const input of inputs.querySelectorAll('input')) input.disabled = !isChosen;
}

function faultOf(choice: FaultChoice): object {
  const values = Object.fromEntries(
    choice.inputs.map(({ name, type }) => {
      const { value } = inputOf(choice, name);
      return [name, type === 'number' ? Number(value) : value];
    }),
  );
  const path = inputOf(choice, 'path').value.trim();
  const { field, value, ...others } = values;
  return {
    kind: choice.kind,
    share: Number(inputOf(choice, 'share').value) / 100,
    ...(path === '' ? {} : { path }),
    ...others,
    ...(value === undefined
      ? field === undefined
        ? {}
        : { field }
      : { changes: { [String(field)]: value } }),
  };
}

function isShownBy(choice: FaultChoice, fault: ShownFault): boolean {
  const isTrigger = choice.id === 'automationChanges';
  return choice.kind === fault.kind && isTrigger === (fault.changes !== undefined);
}

/** Brings a choice to what the org has planned. */
function showFault(choice: FaultChoice, fault: ShownFault | undefined): void {
  checkboxOf(choice).checked = fault !== undefined;
  showInputs(choice);
  if (fault === undefined) return;
  inputOf(choice, 'path').value = fault.path ?? '';
  inputOf(choice, 'share').value = String(Number(((fault.share ?? 1) * 100).toFixed(2)));
  const [change] = Object.entries(fault.changes ?? {});
  const values: Readonly<Record<string, unknown>> = {
    ...fault,
    ...(change ? { field: change[0], value: change[1] } : {}),
  };
  for (const { name } of choice.inputs) inputOf(choice, name).value = String(values[name] ?? '');
}

function showStrikes(faults: readonly ShownFault[]): void {
  for (const choice of FAULT_CHOICES) {
    const own = faults.filter((fault) => isShownBy(choice, fault));
    const count = own.reduce((sum, { strikes }) => sum + strikes, 0);
    const badge = pageElement(`[data-choice=${choice.id}] .strikes`, HTMLElement);
    badge.hidden = own.length === 0;
    const text = count === 1 ? 'Struck once' : `Struck ${count} times`;
    if (badge.textContent !== text) badge.textContent = text;
  }
}

async function readPlan(): Promise<ShownFault[]> {
  return planSchema.parse(await (await fetch(FAULTS)).json()).faults;
}

function say(state: string, refusal = ''): void {
  pageElement('#state', HTMLElement).textContent = state;
  pageElement('#refusal', HTMLElement).textContent = refusal;
}

function stateText(count: number): string {
  if (count === 0) return 'No fault is set.';
  return count === 1 ? '1 fault is set.' : `${count} faults are set.`;
}

async function setPlan(): Promise<void> {
  const faults = FAULT_CHOICES.filter((choice) => checkboxOf(choice).checked).map(faultOf);
  const answer = await fetch(FAULTS, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ faults }),
  });
  const body: unknown = await answer.json();
  if (!answer.ok) {
    say('', refusalSchema.parse(body).message);
    return;
  }
  showStrikes(planSchema.parse(body).faults);
  say(stateText(faults.length));
}

async function clearPlan(): Promise<void> {
  await fetch(FAULTS, { method: 'DELETE' });
  for (const choice of FAULT_CHOICES) showFault(choice, undefined);
  showStrikes([]);
  say(stateText(0));
}

/** Runs an action of the page; where the sandbox does not answer, the page says so. */
async function attempt(action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch {
    say('', 'The local org does not answer. Is npm start still running?');
  }
}

function start(): void {
  for (const choice of FAULT_CHOICES) {
    checkboxOf(choice).addEventListener('change', () => showInputs(choice));
  }
  pageElement('form', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault();
    void attempt(setPlan);
  });
  pageElement('#clear', HTMLButtonElement).addEventListener('click', () => void attempt(clearPlan));
  void attempt(async () => {
    const faults = await readPlan();
    for (const choice of FAULT_CHOICES) {
      showFault(
        choice,
        faults.find((fault) => isShownBy(choice, fault)),
      );
    }
    showStrikes(faults);
    say(stateText(faults.length));
  }).finally(() => {
    // A choice made before the plan is known would be lost.
    pageElement('form', HTMLFormElement).inert = false;
  });
  setInterval(() => {
    if (document.visibilityState === 'visible') void attempt(async () => showStrikes(await readPlan()));
  }, REFRESH_MS);
}

start();
