import type { Icon } from '@tabler/icons-react';
import type { ActionType, SettingsOf } from '../../schemas/actions/index.ts';
import type { LogicNames } from '../../schemas/wording/describe-logic.ts';

/** Words that a summary needs from outside the document. */
export interface CardWords extends LogicNames {
  /** The name of a queue, or its id where it is unknown. */
  queue(id: string): string;
  /** The name of a task of this flow, or its id where there is none. */
  task(id: string): string;
  /** The name of a flow, or its id where it is unknown. */
  flow(id: string): string;
}

/** How an action type looks: on the canvas, in the palette, in lists. */
export interface Card<T extends ActionType> {
  icon: Icon;
  /** A Mantine colour name. */
  colour: string;
  /** What the palette's search also finds it by. */
  keywords: string;
  /** What this action does as it is set up, in one line. Settings may be half-done: a draft is drawn too. */
  summary(settings: SettingsOf<T>, words: CardWords): string;
}
