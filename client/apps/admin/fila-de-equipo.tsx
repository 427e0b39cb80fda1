/** A device in a table: what it last said of itself, and what the server knows. The same columns in every list of the Panel. */
import { Link } from '@tanstack/react-router'
import { Monitor, Tablet } from 'lucide-react'
import type { EquipoDePlataforma } from '../../../schema/protocol/plataforma.ts'
import { barra, porEnviar, situacionDe } from './equipo.ts'
import { SinDato } from './estados.tsx'
import { contacto, desfase, edad, retraso } from './palabras.ts'
import { Situacion } from './situacion.tsx'
import { t } from './textos.ts'

export const COLUMNAS = 9

export function CabezasDeEquipo() {
  return (
    <thead>
      <tr>
        <th scope="col">{t.equipo}</th>
        <th scope="col" className="num">
          {t.porEnviar}
        </th>
        <th scope="col" className="num">
          {t.masViejo}
        </th>
        <th scope="col" className="num">
          {t.contacto}
        </th>
        <th scope="col" className="num">
          {t.p50}
        </th>
        <th scope="col" className="num">
          {t.p95}
        </th>
        <th scope="col" className="num">
          {t.reloj}
        </th>
        <th scope="col" className="num">
          {t.version}
        </th>
        <th scope="col">{t.estado}</th>
      </tr>
    </thead>
  )
}

/** `mayor`: the largest count of the table, for the bars. `conNegocio`: in a list of many tenants. */
export function FilaDeEquipo({
  equipo: e,
  ahora,
  mayor,
  conNegocio = false,
}: {
  equipo: EquipoDePlataforma
  ahora: number
  mayor: number
  conNegocio?: boolean
}) {
  const Icono = e.tipo === 'caja' ? Tablet : Monitor
  return (
    <tr className={situacionDe(e) === 'atencion' ? 'rd at' : 'rd'} data-serie={e.serie}>
      <td>
        <Link className="cellm" to="/admin/dispositivos/$id" params={{ id: e.id }}>
          <Icono className="i" aria-hidden="true" />
          <span className="col sp">
            <span className="tr">
              {e.nombre} <span className="sub n">{e.serie}</span>
            </span>
            {conNegocio && <span className="sub tr">{[e.negocio, e.sucursal].filter(Boolean).join(' · ')}</span>}
          </span>
        </Link>
      </td>
      <td className="num" data-l={t.porEnviar}>
        <PorEnviar texto={porEnviar(e)} cuantos={e.pendientes ?? 0} mayor={mayor} />
      </td>
      <td className="num nw" data-l={t.masViejo}>
        {e.masAntiguoAt === null ? <Nada dicho={e.pendientes !== null && e.enLinea} /> : edad(ahora - e.masAntiguoAt)}
      </td>
      <td className="num nw" data-l={t.contacto}>
        {e.ultimoContactoAt === null ? <span className="mut">{t.nunca}</span> : contacto(e.ultimoContactoAt, ahora)}
      </td>
      <td className="num nw" data-l={t.p50}>
        {e.retrasoP50 === null ? <SinDato /> : retraso(e.retrasoP50)}
      </td>
      <td className="num nw" data-l={t.p95}>
        {e.retrasoP95 === null ? <SinDato /> : retraso(e.retrasoP95)}
      </td>
      <td className={clase('num nw', e.atencion.includes('reloj'))} data-l={t.reloj}>
        {e.offsetMs === null ? <SinDato /> : desfase(e.offsetMs)}
      </td>
      <td className={clase('num nw', e.atencion.includes('version'))} data-l={t.version}>
        {e.versionApp || <SinDato />}
      </td>
      <td className="es">
        <Situacion equipo={e} ahora={ahora} />
      </td>
    </tr>
  )
}

const clase = (base: string, mal: boolean) => (mal ? `${base} warn b` : base)

export function PorEnviar({ texto, cuantos, mayor }: { texto: string | null; cuantos: number; mayor: number }) {
  if (texto === null) return <SinDato />
  if (cuantos === 0) return <span className="mut">{texto}</span>
  return (
    <span className="pd">
      <span className="pb" style={{ width: barra(cuantos, mayor) }} aria-hidden="true" />
      {texto}
    </span>
  )
}

/** It says that nothing waits; or it never said, or it did and has been away since: the column of its contact has that date. */
export function Nada({ dicho }: { dicho: boolean }) {
  return dicho ? <span className="mut">{t.nada}</span> : <SinDato />
}
