import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { RouterProvider } from 'react-router/dom';
import { createQueryClient } from './api/query-client.ts';
import { createRouter } from './router.tsx';
import { NowProvider } from './shell/Now.tsx';
import { cssVariables, theme } from './theme.ts';

export function App() {
  const [client] = useState(createQueryClient);
  const [router] = useState(createRouter);

  return (
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <QueryClientProvider client={client}>
        <NowProvider>
          <ModalsProvider labels={{ confirm: 'Confirm', cancel: 'Cancel' }}>
            <Notifications position="bottom-right" containerWidth={380} />
            <RouterProvider router={router} />
          </ModalsProvider>
        </NowProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}
