import { createBrowserRouter } from 'react-router';
import { NotFoundPage } from './pages/NotFoundPage.tsx';
import { PageCrash } from './shell/PageCrash.tsx';
import { SessionGate } from './shell/SessionGate.tsx';

/** Each page is a chunk of its own, so that signing in does not wait for the canvas. */
export function createRouter() {
  return createBrowserRouter([
    {
      element: <SessionGate />,
      errorElement: <PageCrash />,
      children: [
        {
          errorElement: <PageCrash />,
          children: [
            { index: true, lazy: async () => ({ Component: (await import('./pages/start/StartPage.tsx')).StartPage }) },
            {
              path: 'flows',
              lazy: async () => ({ Component: (await import('./pages/flows/FlowsPage.tsx')).FlowsPage }),
            },
            {
              path: 'flows/:id',
              lazy: async () => ({
                Component: (await import('./pages/flow-editor/FlowEditorPage.tsx')).FlowEditorPage,
              }),
            },
            { path: '*', element: <NotFoundPage /> },
          ],
        },
      ],
    },
  ]);
}
