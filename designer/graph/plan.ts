import type { Position } from '../../schemas/drawing.ts';
import type { Block } from './blocks.ts';

/** Where the upper left corner of each block is, by the block's id. */
export type Places = ReadonlyMap<string, Position>;

/** What is arranged: blocks by id, the lines between them, and which of them stand in the frame of a group. */
export interface Plan {
  blocks: ReadonlyMap<string, Block>;
  lines: readonly Line[];
  frames: ReadonlyMap<string, string>;
}

export interface Line {
  from: string;
  /** Where on the lower edge of its block the outcome is, from 0 to 1. */
  at: number;
  key: string;
  to: string;
}
