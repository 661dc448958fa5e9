import { ActionIcon, Code, CopyButton, Group, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';

interface CopyTextProps {
  text: string;
  /** What is copied: "the address". */
  name: string;
  block?: boolean;
}

export function CopyText({ text, name, block = false }: CopyTextProps) {
  return (
    <Group gap={4} wrap="nowrap" align={block ? 'flex-start' : 'center'} display={block ? 'flex' : 'inline-flex'}>
      <Code block={block} fz={block ? 'xs' : 'sm'} style={block ? { flex: 1, whiteSpace: 'pre-wrap' } : undefined}>
        {text}
      </Code>
      <CopyButton value={text} timeout={1_500}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? 'Copied' : 'Copy'}>
            <ActionIcon size="sm" onClick={copy} aria-label={copied ? `Copied ${name}` : `Copy ${name}`}>
              {copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </Group>
  );
}
