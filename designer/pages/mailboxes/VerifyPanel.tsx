import { Paper } from '@mantine/core';
import { VerifyReport, type VerifyReportProps } from './VerifyReport.tsx';

/** Below a form: nothing until something was tried. */
export function VerifyPanel({ verify }: Pick<VerifyReportProps, 'verify'>) {
  if (!verify.isPending && !verify.error && !verify.data) return null;
  return (
    <Paper p="md" radius="md">
      <VerifyReport verify={verify} />
    </Paper>
  );
}
