import { CircleAlert, Loader, WifiOff } from 'lucide-react'
import type { ReplicaApi } from '../../../../workers/replica/api.ts'
import { descargar } from '../../../lib/descargar.ts'
import { textoDe } from '../../../lib/i18n.ts'
import { useEstadoSync } from '../../../replica/use-estado.ts'
import { Huesos, Vacio } from '../../../ui/escritorio/estados.tsx'
import type { Apertura } from './apertura.ts'
import { t } from './textos.ts'

/** In place of a screen that stands on the replica, until there is one. */
export function SinAbrir({
  apertura,
  otraVez,
  darDeAltaOtraVez,
}: {
  apertura: Exclude<Apertura, { en: 'abierta' }>
  otraVez: () => void
  darDeAltaOtraVez: () => void
}) {
  if (apertura.en === 'revocada') return <Revocado replica={apertura.replica} darDeAltaOtraVez={darDeAltaOtraVez} />
  if (apertura.en === 'abriendo') return <Huesos texto={t.abriendo} />
  if (apertura.en === 'dando_de_alta') return <Huesos texto={t.dandoDeAlta} />
  if (apertura.en === 'primera_vez_sin_red')
    return (
      <Vacio icono={WifiOff} titulo={t.primeraVez} texto={t.primeraVezTexto}>
        <OtraVez alTocar={otraVez} />
      </Vacio>
    )
  return (
    <Vacio icono={CircleAlert} titulo={t.noAbre} texto={textoDe(apertura.codigo)}>
      <OtraVez alTocar={otraVez} />
    </Vacio>
  )
}

function OtraVez({ alTocar }: { alTocar: () => void }) {
  return (
    <button type="button" className="btn p" onClick={alTocar}>
      <Loader className="i" aria-hidden="true" />
      {t.otraVez}
    </button>
  )
}

/** The dueño revoked this device, or the account lost its role: what nobody took is kept for a person (decision 0014). */
export function Revocado({ replica, darDeAltaOtraVez }: { replica: ReplicaApi; darDeAltaOtraVez: () => void }) {
  const sinEntregar = useEstadoSync(replica)?.edicionesSinEntregar ?? 0
  const guardar = async () => {
    const r = await replica.exportarEdicionesSinEntregar()
    if (r.ok) descargar('cambios', r.valor)
  }
  return (
    <Vacio icono={CircleAlert} titulo={t.revocado} texto={`${t.revocadoTexto} ${sinEntregar > 0 ? t.sinEntregar(sinEntregar) : ''}`}>
      {sinEntregar > 0 && (
        <div className="row">
          <button type="button" className="btn" onClick={() => void guardar()}>
            {t.guardarCopia}
          </button>
          <button type="button" className="btn d" onClick={() => void replica.descartarEdicionesSinEntregar()}>
            {t.descartar}
          </button>
        </div>
      )}
      <button type="button" className="btn p" onClick={darDeAltaOtraVez}>
        {t.prepararOtraVez}
      </button>
    </Vacio>
  )
}
