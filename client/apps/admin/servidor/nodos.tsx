import { CircleCheck, CloudOff } from 'lucide-react'
import type { ResumenDePlataforma } from '../../../../schema/protocol/plataforma.ts'
import { Etiqueta } from '../../../ui/escritorio/etiqueta.tsx'
import { useAhora } from '../contexto.ts'
import { SinDato } from '../estados.tsx'
import { contacto, edad, numero, tamano } from '../palabras.ts'
import { nombreDeNodo } from './nodo.ts'
import { t } from './textos.ts'

type Nodo = ResumenDePlataforma['nodos'][number]
/** A node writes its heartbeat every 10 s. */
const SIN_LATIDO_MS = 30_000

/** The processes that serve, and how each feels. */
export function Nodos({ nodos, motor }: Pick<ResumenDePlataforma, 'nodos' | 'motor'>) {
  return (
    <section aria-label={t.nodos} className="servidor-nodos">
      {nodos.map((nodo) => (
        <UnNodo key={nodo.id} nodo={nodo} motor={motor} />
      ))}
    </section>
  )
}

function UnNodo({ nodo: n, motor }: { nodo: Nodo; motor: ResumenDePlataforma['motor'] }) {
  const ahora = useAhora()
  const vivo = ahora - n.latidoAt < SIN_LATIDO_MS
  return (
    <div className="card servidor-nodo">
      <div className="row">
        <h2 className="sp tr">{nombreDeNodo(n.id)}</h2>
        {vivo ? (
          <span className="ok sm nw">
            <CircleCheck className="i s" aria-hidden="true" /> {t.vivo}
          </span>
        ) : (
          <Etiqueta tono="local" icono={CloudOff}>
            {t.sinLatido}
          </Etiqueta>
        )}
      </div>
      <p className="sm mut">{t.nodo(nombreDeNodo(n.id), n.version, edad(ahora - n.iniciadoAt))}</p>
      <dl className="dl sm">
        <Dato nombre={t.latido} valor={contacto(n.latidoAt, ahora)} />
        <Dato nombre={t.memoria} valor={n.memoriaBytes === null ? null : tamano(n.memoriaBytes)} />
        <Dato nombre={t.bucle} valor={n.bucleMs === null ? null : `${n.bucleMs.toFixed(1)} ms`} />
        <Dato nombre={t.baseDeDatos} valor={n.baseMs === null ? null : `${t[motor]}, ${n.baseMs.toFixed(1)} ms`} />
        <Dato nombre={t.streams} valor={n.streams === null ? null : numero(n.streams)} />
      </dl>
    </div>
  )
}

function Dato({ nombre, valor }: { nombre: string; valor: string | null }) {
  return (
    <>
      <dt>{nombre}</dt>
      <dd>{valor ?? <SinDato />}</dd>
    </>
  )
}
