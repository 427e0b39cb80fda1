import { useEffect, useMemo, useState } from 'react'
import type { Codigo } from '../../../schema/core/codigos.ts'
import type { Alta, ReplicaApi } from '../../../workers/replica/api.ts'
import { textoDe } from '../../lib/i18n.ts'
import { abrirReplica } from '../../replica/abrir.ts'
import { CajaContext } from '../../replica/contexto.ts'
import { Icono } from '../../ui/iconos.tsx'
import { AltaPanel } from './alta.tsx'
import { CajaPantalla } from './caja.tsx'
import { t } from './textos.ts'

type Fase =
  | { en: 'abriendo' }
  | { en: 'error'; codigo: Codigo }
  | { en: 'alta'; replica: ReplicaApi }
  | { en: 'caja'; replica: ReplicaApi; alta: Alta }

/** Opens the replica, then shows the till, or the enrolment of a device that has none yet. */
export function ScanYA() {
  const [fase, setFase] = useState<Fase>({ en: 'abriendo' })
  const [intento, setIntento] = useState(0)
  const token = useMemo(tokenDeLaDireccion, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new try opens again
  useEffect(() => {
    let vivo = true
    void abrirReplica().then((r) => {
      if (!vivo) return
      if (!r.ok) setFase({ en: 'error', codigo: r.codigo })
      else if (r.valor.alta) setFase({ en: 'caja', replica: r.valor.replica, alta: r.valor.alta })
      else setFase({ en: 'alta', replica: r.valor.replica })
    })
    return () => {
      vivo = false
    }
  }, [intento])
  const caja = useMemo(() => (fase.en === 'caja' ? { replica: fase.replica, alta: fase.alta } : null), [fase])

  if (fase.en === 'abriendo') return <p className="centro suave">{t.abriendo}</p>
  if (fase.en === 'error') return <NoAbre codigo={fase.codigo} alReintentar={() => setIntento((n) => n + 1)} />
  if (fase.en === 'alta') {
    const { replica } = fase
    const alDarDeAlta = (alta: Alta) => {
      // The token was used: it does not stay in the address bar or in a bookmark.
      history.replaceState(null, '', '/')
      setFase({ en: 'caja', replica, alta })
    }
    return <AltaPanel replica={replica} token={token} alDarDeAlta={alDarDeAlta} />
  }
  return (
    <CajaContext value={caja}>
      <CajaPantalla />
    </CajaContext>
  )
}

/** `/i#token` (design 04): in the fragment, so it never reaches a server's log. */
function tokenDeLaDireccion(): string | null {
  const token = location.hash.slice(1)
  return location.pathname === '/i' && token !== '' ? token : null
}

function NoAbre({ codigo, alReintentar }: { codigo: Codigo; alReintentar: () => void }) {
  return (
    <main className="alta">
      <h1>{t.noAbre}</h1>
      <p className="mal" role="alert">
        <Icono de="atencion" /> {textoDe(codigo)}
      </p>
      <p className="suave">{t.sigueGuardado}</p>
      <button type="button" className="boton boton--accion" onClick={alReintentar}>
        {t.otraVez}
      </button>
    </main>
  )
}
