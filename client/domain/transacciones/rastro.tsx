import { hora } from '../../lib/formato.ts'
import { Icono, type Icono as Trazo } from '../../ui/iconos.tsx'
import { t } from './textos.ts'

interface Paso {
  icono: Trazo
  titulo: string
  detalle?: string
  at: number | null
  hecho: boolean
}

/**
 * Where a sale is: saved here, received by the server, told to the client. A step is named "Falta…" until it is true (design 05). `aviso` null:
 * there is nobody to tell.
 */
export function Rastro({
  guardadoAt,
  recibido,
  recibidoAt,
  aviso,
  zona,
}: {
  guardadoAt: number
  recibido: boolean
  recibidoAt: number | null
  aviso: { quien: string; hecho: boolean } | null
  zona: string
}) {
  const pasos: Paso[] = [
    { icono: 'equipo', titulo: t.guardadoAqui, ...(recibido ? {} : { detalle: t.noSePierde }), at: guardadoAt, hecho: true },
    recibido
      ? { icono: 'servidor', titulo: t.recibidoPorElServidor, at: recibidoAt, hecho: true }
      : { icono: 'subir', titulo: t.faltaEnviar, detalle: t.saleSola, at: null, hecho: false },
  ]
  if (aviso?.hecho) pasos.push({ icono: 'campana', titulo: t.avisoEnviado(aviso.quien), at: recibidoAt, hecho: true })
  else if (aviso) pasos.push({ icono: 'campana', titulo: t.faltaAvisar(aviso.quien), detalle: t.llegaConSusPuntos, at: null, hecho: false })
  return (
    <ol className="trail">
      {pasos.map((paso) => (
        <li key={paso.titulo} className={paso.hecho ? undefined : 'wait'}>
          <span className={`state ${paso.hecho ? 'state--received' : 'state--local'}`}>
            <Icono de={paso.icono} />
          </span>
          <span>
            <b>{paso.titulo}</b>
            {paso.detalle && (
              <>
                <br />
                <span className="sm soft">{paso.detalle}</span>
              </>
            )}
          </span>
          <span className="sm soft num">{paso.at === null ? '' : hora(paso.at, zona)}</span>
        </li>
      ))}
    </ol>
  )
}
