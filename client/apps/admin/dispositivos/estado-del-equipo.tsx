import type { ReactNode } from 'react'
import type { DetalleDeEquipo } from '../../../../schema/protocol/plataforma.ts'
import { useAhora } from '../contexto.ts'
import { ocupado, porEnviar } from '../equipo.ts'
import { SinDato } from '../estados.tsx'
import { contacto, desfase, retraso, tamano } from '../palabras.ts'
import { Situacion } from '../situacion.tsx'
import { t as comun } from '../textos.ts'
import { t } from './textos.ts'

/** What the device last said of itself; what it never said is not a zero. */
export function EstadoDelEquipo({ detalle: { equipo: e, linea } }: { detalle: DetalleDeEquipo }) {
  const ahora = useAhora()
  const lleno = ocupado(e)
  return (
    <aside className="card disp-estado">
      <div className="row">
        <h2 className="sp">{t.estado}</h2>
        <Situacion equipo={e} ahora={ahora} />
      </div>
      <dl className="dl">
        <Dato nombre={t.porEnviar}>{porEnviar(e)}</Dato>
        <Dato nombre={t.ultimoContacto}>{e.ultimoContactoAt === null ? comun.nunca : contacto(e.ultimoContactoAt, ahora)}</Dato>
        <Dato nombre={t.retraso}>
          {e.retrasoP50 === null || e.retrasoP95 === null ? null : `${retraso(e.retrasoP50)}, ${retraso(e.retrasoP95)}`}
        </Dato>
        <Dato nombre={t.desfase} mal={e.atencion.includes('reloj')}>
          {e.offsetMs === null ? null : desfase(e.offsetMs)}
        </Dato>
        <Dato nombre={t.version} mal={e.atencion.includes('version')}>
          {e.versionApp || null}
        </Dato>
        <Dato nombre={t.protocolo}>{e.protocolo}</Dato>
        <Dato nombre={t.espacio} mal={lleno !== null && e.atencion.includes('almacen')}>
          {e.almacenBytes === null
            ? null
            : e.cuotaBytes === null
              ? tamano(e.almacenBytes)
              : t.deEspacio(tamano(e.almacenBytes), tamano(e.cuotaBytes))}
        </Dato>
        <Dato nombre={t.permanente}>{e.persistente === null ? null : e.persistente ? t.si : t.no}</Dato>
        <Dato nombre={t.quien}>{linea.turnos.at(-1)?.quien ?? null}</Dato>
        <Dato nombre={t.serie}>{e.serie}</Dato>
      </dl>
    </aside>
  )
}

function Dato({ nombre, mal = false, children }: { nombre: string; mal?: boolean; children: ReactNode }) {
  return (
    <>
      <dt>{nombre}</dt>
      <dd className={mal ? 'warn b' : undefined}>{children ?? <SinDato />}</dd>
    </>
  )
}
