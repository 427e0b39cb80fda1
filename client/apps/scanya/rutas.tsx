/**
 * The screens of the counter by address, below /scanya-widget. Who gets past which door:
 *
 *     /  /alta  /demo                      any device
 *     /login                               an enrolled one
 *     everything else                      while somebody is at the till
 *
 * The doors are components, not loaders: who is at the till changes by itself (the lease ends, the dueño deactivates somebody).
 */
import { createRootRoute, createRoute, createRouter, Navigate, Outlet } from '@tanstack/react-router'
import { useVivo } from '../../replica/contexto.ts'
import { perezosa } from '../../ui/perezosa.tsx'
import { useAbierta } from './abierta.ts'
import { CajaViva } from './caja-viva.tsx'
import { InicioPantalla } from './inicio.tsx'
import { LoginPantalla } from './login.tsx'
import { rutasDeVenta } from './venta/rutas.tsx'

// Not the login, the start or the sale: what a first screen must wait for is weighed (npm run bench -- bundle).
const NoExiste = perezosa(async () => (await import('./no-existe.tsx')).NoExiste)
const AltaPantalla = perezosa(async () => (await import('./alta.tsx')).AltaPantalla)
const DemoPantalla = perezosa(async () => (await import('./demo.tsx')).DemoPantalla)
const RevocadoPantalla = perezosa(async () => (await import('./revocado-pantalla.tsx')).RevocadoPantalla)
const HistorialPantalla = perezosa(async () => (await import('./historial.tsx')).HistorialPantalla)
const VentaPantalla = perezosa(async () => (await import('./venta-detalle.tsx')).VentaPantalla)
const ReembolsoPantalla = perezosa(async () => (await import('./reembolso.tsx')).ReembolsoPantalla)
const AnulacionPantalla = perezosa(async () => (await import('./anulacion.tsx')).AnulacionPantalla)
const CambioDeMontoPantalla = perezosa(async () => (await import('./cambio-de-monto.tsx')).CambioDeMontoPantalla)
const TicketPantalla = perezosa(async () => (await import('./ticket-leido.tsx')).TicketPantalla)
const TurnoPantalla = perezosa(async () => (await import('./turno/turno.tsx')).TurnoPantalla)

const CanjePantalla = perezosa(async () => (await import('./canje/canje.tsx')).CanjePantalla)

const raiz = createRootRoute({ component: Outlet, notFoundComponent: NoExiste })

const conAlta = createRoute({ getParentRoute: () => raiz, id: 'con-alta', component: ConAlta })
const conTurno = createRoute({ getParentRoute: () => conAlta, id: 'con-turno', component: ConTurno })

const arbol = raiz.addChildren([
  createRoute({ getParentRoute: () => raiz, path: '/alta', component: AltaPantalla }),
  createRoute({ getParentRoute: () => raiz, path: '/demo', component: DemoPantalla }),
  conAlta.addChildren([
    createRoute({ getParentRoute: () => conAlta, path: '/', component: () => <Navigate to={'/inicio' as never} replace /> }),
    createRoute({ getParentRoute: () => conAlta, path: '/login', component: LoginPantalla }),
    conTurno.addChildren([
      createRoute({ getParentRoute: () => conTurno, path: '/inicio', component: InicioPantalla }),
      createRoute({ getParentRoute: () => conTurno, path: '/historial', component: HistorialPantalla }),
      createRoute({ getParentRoute: () => conTurno, path: '/venta/$id', component: VentaPantalla }),
      createRoute({ getParentRoute: () => conTurno, path: '/reembolso/$id', component: ReembolsoPantalla }),
      createRoute({ getParentRoute: () => conTurno, path: '/anulacion/$id', component: AnulacionPantalla }),
      createRoute({ getParentRoute: () => conTurno, path: '/cambio/$id', component: CambioDeMontoPantalla }),
      createRoute({ getParentRoute: () => conTurno, path: '/ticket', component: TicketPantalla }),
      createRoute({ getParentRoute: () => conTurno, path: '/turno', component: TurnoPantalla }),
      createRoute({ getParentRoute: () => conTurno, path: '/canje', component: CanjePantalla }),
      ...rutasDeVenta(conTurno),
    ]),
  ]),
])

export const enrutador = createRouter({ routeTree: arbol, basepath: '/scanya-widget', scrollRestoration: true })

function ConAlta() {
  const { replica, alta } = useAbierta()
  if (!alta) return <Navigate to={'/alta' as never} replace />
  return (
    <CajaViva replica={replica} alta={alta}>
      <SiNoEstaRevocado />
    </CajaViva>
  )
}

/** A revoked device shows what happened to what it held, and sells no more. */
function SiNoEstaRevocado() {
  return useVivo().estado?.fase === 'revocado' ? <RevocadoPantalla /> : <Outlet />
}

function ConTurno() {
  const { turno } = useVivo()
  if (turno === undefined) return null
  return turno === null ? <Navigate to={'/login' as never} replace /> : <Outlet />
}
