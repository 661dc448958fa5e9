import { createContext } from 'react';
import type { Position } from '../../schemas/drawing.ts';
import type { OutcomeRef } from '../state/commands/disconnect-outcome.ts';

/** Opens the menu that puts an action into a connection; null where the flow can only be read. */
export type Insert = (from: OutcomeRef, at: Position, button: HTMLElement) => void;

export const InsertContext = createContext<Insert | null>(null);
