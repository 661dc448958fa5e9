import { createContext } from 'react';
import type { Heat } from './heat.ts';

/** Null while the canvas shows no traffic. */
export const HeatContext = createContext<Heat | null>(null);
