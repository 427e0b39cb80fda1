import { ArrowUp, CircleCheck, CircleOff, ClockAlert, CloudOff, MonitorSmartphone, Search, Smartphone, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { hace } from '../../lib/formato.ts'
import { contar, desfase, type Equipo, type Plataforma, type SituacionDeEquipo, situacionDe } from './equipo.ts'
import { t } from './textos.ts'

export function Cifras({ plataforma }: { plataforma: Plataforma }) {
  const c = contar(plataforma.equipos, plataforma.hora)
  const numero = (n: number) => n.toLocaleString('es-MX')
  return (
    <section className="card strip" aria-label={t.titulo}>
      <Cifra rotulo={t.enLinea} valor={numero(c.enLinea)} nota={t.de(c.vivos)} />
      <Cifra rotulo={t.porEnviar} valor={c.porEnviar > 0 ? `≥ ${numero(c.porEnviar)}` : '0'} />
      <Cifra
        rotulo={t.masViejo}
        valor={c.masViejoAt === null ? t.nada : hace(plataforma.hora - c.masViejoAt)}
        nota={c.masViejoDe}
        tono={c.masViejoAt === null ? '' : 'warn'}
      />
      <Cifra rotulo={t.recibidos} valor={numero(c.recibidos)} />
      <Cifra rotulo={t.sinProcesar} valor={numero(c.sinProcesar)} tono={c.sinProcesar > 0 ? 'bad' : ''} />
      <Cifra rotulo={t.nodos} valor={numero(plataforma.nodos.length)} nota={t[plataforma.motor]} />
    </section>
  )
}

function Cifra({ rotulo, valor, nota = '', tono = '' }: { rotulo: string; valor: string; nota?: string; tono?: string }) {
  return (
    <div>
      <span className="lb">{rotulo}</span>
      <span className={`v ${tono}`}>
        {valor} <small>{nota}</small>
      </span>
    </div>
  )
}

/** Tenants with the oldest pending entry first, as the server orders them. */
export function TablaDeEquipos({ equipos, ahora }: { equipos: Equipo[]; ahora: number }) {
  const [busca, setBusca] = useState('')
  const palabra = busca.trim().toLocaleLowerCase('es')
  const vistos = equipos.filter((e) => `${e.negocio} ${e.sucursal ?? ''} ${e.nombre}`.toLocaleLowerCase('es').includes(palabra))
  const grupos = new Map<string, Equipo[]>()
  for (const e of vistos) grupos.set(e.negocioId, [...(grupos.get(e.negocioId) ?? []), e])
  return (
    <section className="card tw" aria-label={t.equipo}>
      <div className="admin-filtro">
        <label className="in q find">
          <Search className="i" aria-hidden="true" />
          <span className="vh">{t.filtrar}</span>
          <input type="search" placeholder={t.filtrar} value={busca} onChange={(e) => setBusca(e.target.value)} />
        </label>
        <span className="mut sm">{t.segunElEquipo}</span>
      </div>
      {vistos.length === 0 ? (
        <p className="state">{t.ningunEquipo}</p>
      ) : (
        <table className="t cards admin-tabla">
          <thead>
            <tr>
              <th>{t.equipo}</th>
              <th className="num">{t.pendientes}</th>
              <th className="num">{t.masAntigua}</th>
              <th className="num">{t.contacto}</th>
              <th className="num">{t.reloj}</th>
              <th className="num">{t.version}</th>
              <th>{t.estado}</th>
            </tr>
          </thead>
          {[...grupos].map(([negocioId, suyos]) => (
            <tbody key={negocioId}>
              <tr className="admin-grupo">
                <th colSpan={7} scope="rowgroup">
                  {suyos[0]?.negocio}
                </th>
              </tr>
              {suyos.map((e) => (
                <Fila key={e.id} equipo={e} ahora={ahora} />
              ))}
            </tbody>
          ))}
        </table>
      )}
    </section>
  )
}

function Fila({ equipo: e, ahora }: { equipo: Equipo; ahora: number }) {
  const situacion = situacionDe(e, ahora)
  const Icono = e.tipo === 'caja' ? Smartphone : MonitorSmartphone
  return (
    <tr className={situacion === 'errores' || situacion === 'reloj' ? 'admin-atencion' : undefined}>
      <td>
        <span className="cellm">
          <Icono className="i" aria-hidden="true" />
          <span className="col">
            <span>{e.nombre}</span>
            <span className="sub">{[e.sucursal, e.serie].filter(Boolean).join(' · ')}</span>
          </span>
        </span>
      </td>
      <td className="num" data-l={t.pendientes}>
        {e.pendientes === null ? <SinDato /> : e.pendientes > 0 && situacion === 'sin_senal' ? `≥ ${e.pendientes}` : e.pendientes}
      </td>
      <td className="num" data-l={t.masAntigua}>
        {e.masAntiguoAt === null ? <span className="mut">{t.nada}</span> : hace(ahora - e.masAntiguoAt)}
      </td>
      <td className="num" data-l={t.contacto}>
        {e.ultimoContactoAt === null ? t.nunca : hace(ahora - e.ultimoContactoAt)}
      </td>
      <td className="num" data-l={t.reloj}>
        {e.offsetMs === null ? <SinDato /> : desfase(e.offsetMs)}
      </td>
      <td className="num" data-l={t.version}>
        {e.versionApp || <SinDato />}
      </td>
      <td className="full">
        <Situacion de={situacion} equipo={e} />
      </td>
    </tr>
  )
}

/** No zero for "unknown". */
function SinDato() {
  return (
    <span className="mut">
      <span aria-hidden="true">—</span>
      <span className="vh">{t.sinDato}</span>
    </span>
  )
}

const PINTA = {
  baja: { clase: 'tag out', icono: CircleOff },
  sin_estrenar: { clase: 'tag', icono: Smartphone },
  errores: { clase: 'tag bad', icono: TriangleAlert },
  reloj: { clase: 'tag warn', icono: ClockAlert },
  sin_senal: { clase: 'tag local', icono: CloudOff },
  enviando: { clase: 'tag acc', icono: ArrowUp },
  al_dia: { clase: 'tag ok', icono: CircleCheck },
} as const

function Situacion({ de, equipo }: { de: SituacionDeEquipo; equipo: Equipo }) {
  const { clase, icono: Icono } = PINTA[de]
  const palabra = {
    baja: t.deBaja,
    sin_estrenar: t.sinEstrenar,
    errores: t.conErrores(equipo.sinProcesar),
    reloj: t.relojMalo,
    sin_senal: t.sinSenal,
    enviando: t.enviando(equipo.pendientes ?? 0),
    al_dia: t.alDia,
  }[de]
  return (
    <span className={clase}>
      <Icono className="i" aria-hidden="true" />
      {palabra}
    </span>
  )
}
