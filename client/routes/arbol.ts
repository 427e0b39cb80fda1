/** The root of the shell's addresses, and what their searches may hold. */
import { createRootRoute } from '@tanstack/react-router'
import { NoEsta } from './no-esta.tsx'
import { Raiz } from './raiz.tsx'

export const raiz = createRootRoute({ component: Raiz, notFoundComponent: NoEsta })

/** `?demo=roma`: one-tap entry as an account of the demo world. */
export const conDemo = (search: Record<string, unknown>): { demo?: string } =>
  typeof search.demo === 'string' && /^[a-z]{2,20}$/.test(search.demo) ? { demo: search.demo } : {}
