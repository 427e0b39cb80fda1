/** The platform's room: what the sync server does now, for the platform's own people (ADM-01, ADM-02). */
import { LogOut, ShieldAlert } from 'lucide-react'
import { type ReactNode, useEffect, useMemo, useSyncExternalStore } from 'react'
import type { ResumenDePlataforma } from '../../../schema/protocol/plataforma.ts'
import { PuertaDeSesion } from '../../domain/cuentas/puerta-de-sesion.tsx'
import type { SesionDeCuenta, Yo } from '../../domain/cuentas/sesion.ts'
import { useCredenciales } from '../../domain/demo/use-credenciales.ts'
import { Vacio } from '../../ui/escritorio/estados.tsx'
import { Panel } from './contexto.ts'
import { Frescura } from './frescura.ts'
import { MarcoDelPanel } from './marco.tsx'
import { t } from './textos.ts'
import { olvidarLecturas, useFresco } from './use-fresco.ts'
import './admin.css'

interface Props {
  demo: string | null
  alEntrar: () => void
  /** The screen of the address. */
  children: ReactNode
}

export function AdminPantalla({ demo, alEntrar, children }: Props) {
  const credenciales = useCredenciales(demo)
  return (
    <PuertaDeSesion app="panel" titulo={t.entrarTitulo} explicacion={t.entrarTexto} credenciales={credenciales} alEntrar={alEntrar}>
      {(sesion, yo) => (yo.esSuperadmin ? <Dentro {...{ sesion, yo, children }} /> : <NoEsTuyo sesion={sesion} />)}
    </PuertaDeSesion>
  )
}

function Dentro({ sesion, yo, children }: { sesion: SesionDeCuenta; yo: Yo; children: ReactNode }) {
  const frescura = useMemo(() => new Frescura(), [])
  const pausada = useSyncExternalStore(frescura.suscribir, frescura.estado).como === 'pausada'
  const senal = useSyncExternalStore(frescura.suscribir, frescura.senal)
  const resumen = useFresco<ResumenDePlataforma>({ sesion, frescura }, '/api/admin/resumen', { senal, pausada, cadaMs: 10_000 })
  // Only an answer or a question makes another context: what ticks is read where it is drawn.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the parts of the reading that count
  const contexto = useMemo(() => ({ sesion, yo, frescura, resumen }), [sesion, yo, frescura, resumen.valor, resumen.falla])
  useEffect(() => olvidarLecturas, [])
  return (
    <Panel value={contexto}>
      <MarcoDelPanel>{children}</MarcoDelPanel>
    </Panel>
  )
}

/** A shopper or a merchant who came to the wrong door. */
function NoEsTuyo({ sesion }: { sesion: SesionDeCuenta }) {
  return (
    <main>
      <Vacio icono={ShieldAlert} titulo={t.noEsTuyo} texto={t.noEsTuyoTexto}>
        <button type="button" className="btn" onClick={() => void sesion.salir()}>
          <LogOut className="i" aria-hidden="true" />
          {t.salir}
        </button>
      </Vacio>
    </main>
  )
}
