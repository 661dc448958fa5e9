import { useComputedColorScheme } from '@mantine/core';

/** React Flow follows Mantine's colour scheme. */
export function useColourMode(): 'light' | 'dark' {
  return useComputedColorScheme('light');
}
