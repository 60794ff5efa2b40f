/** Who is signed in, as `POST /sandbox/login` answered. */
export interface Session {
  readonly accessToken: string;
  readonly userId: string;
  readonly orgId: string;
}

export interface SignedInUser {
  readonly userId: string;
  readonly name: string;
  readonly title: string;
  /** IANA name, e.g. `America/Denver`. */
  readonly timeZone: string;
  /** BCP 47 tag, e.g. `en-US`. */
  readonly locale: string;
  readonly organizationName: string;
  /** API names of the permissions that the user's permission sets grant. */
  readonly customPermissions: readonly string[];
  readonly userPermissions: readonly string[];
  /** API names of the custom tabs that the user sees. */
  readonly visibleTabs: readonly string[];
}

/** A component on a page, as a flexipage names it: `phoneNumbers` (of `c`) or `force:detailPanel`. */
export interface PlacedComponent {
  readonly key: string;
  readonly componentName: string;
  readonly properties: Readonly<Record<string, string>>;
}

export interface NavigationItem {
  /** What the address holds: `o/Contact/list` or `n/Scorecards`. */
  readonly path: string;
  readonly label: string;
}

export interface TabPage {
  readonly label: string;
  readonly iconName: string;
  readonly components: readonly PlacedComponent[];
}

export interface UtilityItem extends PlacedComponent {
  readonly label: string;
  /** With its category, e.g. `utility:call`. */
  readonly iconName: string;
  readonly widthPixels: number;
  readonly heightPixels: number;
  /** Made when the page loads, not when its panel is first opened. */
  readonly eager: boolean;
}

/** The Lightning app as the project's metadata describes it. */
export interface AppModel {
  readonly label: string;
  readonly navigationItems: readonly NavigationItem[];
  readonly tabs: Readonly<Record<string, TabPage>>;
  /** Regions of the record page of an object, e.g. `recordPages.Contact.main`. */
  readonly recordPages: Readonly<Record<string, Readonly<Record<string, readonly PlacedComponent[]>>>>;
  readonly utilityItems: readonly UtilityItem[];
  /** What each permission set grants, by its API name. */
  readonly permissionSets: Readonly<
    Record<string, Pick<SignedInUser, 'customPermissions' | 'userPermissions' | 'visibleTabs'>>
  >;
}

/** What the boot script hands to the platform's modules and the shell. */
export interface Environment {
  readonly app: AppModel;
  readonly apiVersion: string;
  /** Missing until somebody has chosen who they are. */
  readonly session: Session | undefined;
  readonly user: SignedInUser | undefined;
  /** Why the last session ended, when it did not end by the user's wish. */
  readonly signedOutReason: string | undefined;
  /** Keeps the session and starts the page anew. */
  signIn(session: Session): void;
  /** Ends the session and starts the page anew; `reason` is shown there. */
  signOut(reason?: string): void;
  /** The class of a component of `c`, e.g. `softphone`. */
  componentClass(name: string): unknown;
  /** Runs a script where the components run: on the page, or inside the membrane. Resolves when it has run. */
  runScript(url: string): Promise<void>;
  /** Search parameters that every address of the page keeps, e.g. `membrane=1`. */
  readonly keptParameters: URLSearchParams;
}
