import { createContextProvider } from 'lwc';
import { utilities, utilityClicks } from './utilities.ts';

interface UtilityContext {
  readonly value: string | undefined;
}

/** Wire adapter whose value is the id of the utility around the component; undefined outside the utility bar. */
export class EnclosingUtilityId {
  static contextSchema = { value: 'required' as const };
  private readonly emit: (value: string | undefined) => void;

  constructor(emit: (value: string | undefined) => void) {
    this.emit = emit;
    emit(undefined);
  }

  connect(): void {
    // The id arrives with `update`, from the panel around the component.
  }

  update(_config: object, context?: UtilityContext): void {
    this.emit(context?.value);
  }

  disconnect(): void {
    // Nothing is held.
  }
}

/** Makes an element the utility panel whose id its components receive. */
export const provideUtilityId = createContextProvider(EnclosingUtilityId);

interface UtilityAttributes {
  readonly label?: string | undefined;
  readonly icon?: string | undefined;
  readonly highlighted?: boolean | undefined;
}

interface PanelAttributes {
  readonly label?: string | undefined;
  readonly icon?: string | undefined;
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}

/** Names icons as the platform does: `call` means `utility:call`. */
function fullIconName(icon: string): string {
  return icon.includes(':') ? icon : `utility:${icon}`;
}

/** Changes the item in the bar. Resolves to true, as on the platform. */
export function updateUtility(
  utilityId: string,
  { label, icon, highlighted }: UtilityAttributes,
): Promise<boolean> {
  utilities.change(utilityId, {
    ...(label === undefined ? {} : { label }),
    ...(icon === undefined ? {} : { iconName: fullIconName(icon) }),
    ...(highlighted === undefined ? {} : { highlighted }),
  });
  return Promise.resolve(true);
}

/** Changes the panel. Sizes are in pixels. */
export function updatePanel(
  utilityId: string,
  { label, icon, width, height }: PanelAttributes,
): Promise<boolean> {
  utilities.change(utilityId, {
    ...(label === undefined ? {} : { panelLabel: label }),
    ...(icon === undefined ? {} : { panelIconName: fullIconName(icon) }),
    ...(width === undefined ? {} : { widthPixels: width }),
    ...(height === undefined ? {} : { heightPixels: height }),
  });
  return Promise.resolve(true);
}

/** Opens the panel, and moves the focus into it unless `autoFocus` is false. */
export function open(
  utilityId: string,
  { autoFocus = true }: { autoFocus?: boolean } = {},
): Promise<boolean> {
  utilities.open(utilityId);
  if (autoFocus) {
    utilityClicks.dispatchEvent(new CustomEvent('focuspanel', { detail: utilityId }));
  }
  return Promise.resolve(true);
}

export function minimize(utilityId: string): Promise<boolean> {
  utilities.change(utilityId, { open: false });
  return Promise.resolve(true);
}

function infoOf(utilityId: string) {
  const utility = utilities.all.find(({ id }) => id === utilityId);
  if (utility === undefined) {
    throw new Error(`There is no utility ${utilityId}`);
  }
  return {
    id: utility.id,
    utilityLabel: utility.label,
    utilityIcon: utility.iconName,
    utilityHighlighted: utility.highlighted,
    utilityVisible: utility.open,
    utilityPoppedOut: false,
    panelHeaderLabel: utility.panelLabel,
    panelHeaderIcon: utility.panelIconName,
    panelWidth: utility.widthPixels,
    panelHeight: utility.heightPixels,
  };
}

export function getInfo(utilityId: string): Promise<object> {
  return Promise.resolve(infoOf(utilityId));
}

export function getAllUtilityInfo(): Promise<readonly object[]> {
  return Promise.resolve(utilities.all.map(({ id }) => infoOf(id)));
}

/** Has `callback` called when the item is clicked, with whether its panel is then open. */
export function onUtilityClick(
  utilityId: string,
  callback: (state: { readonly panelVisible: boolean }) => void,
): Promise<boolean> {
  utilityClicks.addEventListener(`click ${utilityId}`, () => {
    callback({ panelVisible: utilities.all.some(({ id, open: isOpen }) => id === utilityId && isOpen) });
  });
  return Promise.resolve(true);
}
