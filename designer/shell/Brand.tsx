import { Group, Text } from '@mantine/core';
import iconUrl from '../styles/icon.svg';

export function Brand({ iconOnly = false }: { iconOnly?: boolean }) {
  return (
    <Group gap={9} wrap="nowrap">
      <img src={iconUrl} width={26} height={26} alt={iconOnly ? 'Sluice' : ''} />
      {!iconOnly && (
        <Text fw={650} fz="1rem" lts="-0.01em">
          Sluice
        </Text>
      )}
    </Group>
  );
}
