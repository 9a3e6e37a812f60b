/*
 * The shapes that the server hands to the page, and names for those that modules hand to one another.
 * Global, so that no module has to import another for its types alone.
 * All offsets named `start` and `end` are Unicode code points, half-open; those in UTF-16 end in 16.
 */

interface Span {
  start: number;
  end: number;
}

/** A sentence. */
interface Passage extends Span {
  index: number;
  paragraph: number;
  sentence: number;
  language: string | null;
  /** title, body, caption, digest, link, fragment or boilerplate */
  zone: string;
  zone_reason: string;
}

interface Example {
  text: string;
  lang?: string;
  stance?: string;
  why?: string;
}

interface Theme {
  key: string;
  /** Two letters. */
  code: string;
  name: string;
  definition: string;
  include: string;
  exclude: string;
  examples: Example[];
  counter_examples: Example[];
  /** 1 to 12 */
  colour: number;
  hotkey: string;
  parent: string | null;
  proposition: string;
  stance_labels: Record<string, string>;
  memo_required: boolean;
}

interface Stance {
  key: string;
  label: string;
  glyph: string;
  hotkey: string;
  /** Its rank; null outside the order. */
  position: number | null;
}

interface Holder {
  kind: string;
  name: string | null;
}

/** What a coder says about a span; the body of a PUT. */
interface Coding extends Span {
  assignment: string;
  quote: string;
  theme: string;
  stance: string | null;
  holder: Holder | null;
  certainty: number | null;
  memo: string;
}

/** As the server tells it. */
interface Annotation extends Coding {
  id: string;
  revision: number;
  deleted: boolean;
}

interface Assignment {
  id: string;
  project: string;
  batch: string;
  edition: number;
  document: string;
  title: string;
  slot: number;
  state: string;
  submitted_at: string | null;
}

/** The answer of the document's address. */
interface Article {
  id: string;
  title: string;
  language: string | null;
  dir: string;
  text: string;
  passages: Passage[];
  assignment: Assignment | null;
  annotations: Annotation[];
}

/** What a person may set; `keys` by verb, null: none. */
interface Preferences {
  keys: Record<string, string | null>;
  settings: { selection: 'exact' | 'word' | 'sentence'; reading_view: boolean; fold_boilerplate: boolean };
}

interface PageData {
  user: { id: string; name: string; initials: string };
  language: string;
  assignment: Assignment;
  documentUrl: string;
  urls: Record<string, string>;
  codebook: { edition: number; themes: Theme[]; stances: Stance[] };
  progress: { done: number; total: number };
  holders: string[];
  preferences?: Preferences;
  strings: Record<string, string>;
}

type Action = import('./keys/keymap.js').Action;
type Block = import('./text/blocks.js').Block;
type Codebook = import('./codebook.js').Codebook;
type CodePoints = import('./text/textmap.js').CodePoints;
type Cursor = import('./text/cursor.js').Cursor;
type Comment = import('./outbox/remarks.js').Comment;
type Device = import('./outbox/device.js').Device;
type Entry = import('./outbox/database.js').Entry;
type Flag = import('./outbox/remarks.js').Flag;
type Judged = import('./reading/judged.js').Judged;
type Keymap = ReturnType<typeof import('./keys/keymap.js').keymapOf>;
type Operation = import('./outbox/database.js').Operation;
type Outbox = import('./outbox/outbox.js').Outbox;
type Outcome = import('./outbox/transport.js').Outcome;
type Pace = import('./outbox/sender.js').Pace;
type Problem = import('./outbox/database.js').Problem;
type Session = import('./app/session.js').Session;
type Section = import('./text/sheet.js').Section;
type Sheet = import('./text/sheet.js').Sheet;
/** How the work travels. */
interface Status {
  unsent: number;
  /** Changes not yet on this device's disk. */
  writing: number;
  parked: Operation[];
  conflicts: Entry[];
  /** Those that wait for a choice in other articles. */
  elsewhere: Operation[];
  pace: Pace;
  savedAt: Date | null;
  /** Why this device keeps nothing; null where it does. */
  trouble: import('./outbox/device.js').Trouble | null;
}
type TextMap = import('./text/textmap.js').TextMap;
type Translate = ReturnType<typeof import('./strings.js').translator>;
type Transport = import('./outbox/transport.js').Transport;
type Work = import('./outbox/database.js').Work;
type World = import('./text/cursor.js').World;
