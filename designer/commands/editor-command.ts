import type { Icon } from '@tabler/icons-react';
import type { ProblemsStore } from '../problems/problems-store.ts';
import type { EditorStore } from '../state/editor-store.ts';
import type { TryStore } from '../try/try-store.ts';
import type { CanvasView } from './canvas-view.ts';
import type { Workbench } from './workbench.ts';

/** What a command of the editor may look at and act on. */
export interface CommandContext {
  /** The document, what is selected in it, and its undo stack. */
  store: EditorStore;
  /** Panels, dialogs and lists to choose from. */
  workbench: Workbench;
  /** The part of the flow that is on screen. */
  view: CanvasView;
  /** What is wrong with the flow, and which of it is looked at. */
  problems: ProblemsStore;
  /** The mail that is tried. */
  trial: TryStore;
  /** Saves the draft now. */
  save(): void;
  /** Saves the draft, then goes to another page about this flow. */
  visit(page: 'backtest' | 'history'): void;
  /** Goes to the field that finds an action type in the palette. */
  focusPalette(): void;
  /** Goes to the first field of the inspector. */
  focusInspector(): void;
  /** Says something to those who cannot see the canvas. */
  announce(text: string): void;
}

/** One thing that a person can ask of the editor: menus, toolbar, keys, the palette of commands and the list of keys all read it. */
export interface EditorCommand {
  /** The verb first, as menus say it. */
  title: string;
  icon?: Icon;
  /** Keys such as `mod+Shift+Z`, the first one being shown; `mod` is Ctrl, or ⌘ on a Mac. */
  keys?: readonly string[];
  /**
   * Where its keys count: on a card that has the keyboard, anywhere but in text (the default), also in fields of the document, or even in
   * text that has an undo of its own.
   */
  worksIn?: 'card' | 'canvas' | 'fields' | 'everywhere';
  /** True if the browser turns the keys into an event of its own, as it does for the clipboard. */
  isNative?: boolean;
  /** What the palette of commands also finds it by. */
  keywords?: string;
  /** True if it changes the document: it is off where the flow can only be read. */
  edits?: boolean;
  /** Why it cannot run now, in one sentence; null if it can. */
  when?(context: CommandContext): string | null;
  /** For a command that switches something: whether that is on. */
  isOn?(context: CommandContext): boolean;
  run(context: CommandContext): void | Promise<void>;
}

export type GroupedCommand = EditorCommand & { group: string };

/** A group of the table: its name heads the commands in lists. */
export function commandGroup<K extends string>(
  group: string,
  commands: Record<K, EditorCommand>,
): Record<K, GroupedCommand> {
  const entries = Object.entries<EditorCommand>(commands).map(([id, command]) => [id, { ...command, group }]);
  // `fromEntries` forgets which keys came in; they are the same.
  return Object.fromEntries(entries) as Record<K, GroupedCommand>;
}

/** Why a command cannot run now, in one sentence; null if it can. */
export function whyNot(command: EditorCommand, context: CommandContext): string | null {
  if (command.edits === true && context.store.getState().isReadOnly) return 'This flow can only be read.';
  return command.when?.(context) ?? null;
}
