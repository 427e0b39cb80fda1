/** A device's journal as the server received it, newest first. What is missing and what was told twice is drawn where it happened. */
import { GitFork, ScrollText, Unlink } from 'lucide-react'
import { Fragment } from 'react'
import type { RenglonRecibido } from '../../../../schema/protocol/plataforma.ts'
import { pesos } from '../../../lib/formato.ts'
import { Huesos, Vacio } from '../../../ui/escritorio/estados.tsx'
import { useAhora } from '../contexto.ts'
import { DatosViejos, NoRespondio, SinDato } from '../estados.tsx'
import { alSegundo, huellaCorta, numero } from '../palabras.ts'
import { PieDeLista } from '../pie-de-lista.tsx'
import { type Lista, useLista } from '../use-lista.ts'
import { nombreDeHecho, Veredicto } from '../veredicto.tsx'
import { t } from './textos.ts'

const idDe = (r: RenglonRecibido) => `${r.cadenaId}|${r.seq}|${r.variante}`
const COLUMNAS = 7

export function Diario({ id, recibidos, senal }: { id: string; recibidos: number; senal: number }) {
  const lista = useLista<RenglonRecibido>(`/api/admin/dispositivos/${id}/diario`, {}, { idDe, senal, quieta: false })
  return (
    <section className="card tw">
      <div className="hd disp-hd">
        <h2>{t.diario}</h2>
        <span className="mut sm n">{t.nHechos(numero(Math.max(recibidos, lista.total)))}</span>
      </div>
      {lista.valor === null ? (
        lista.falla ? (
          <NoRespondio codigo={lista.falla} alReintentar={lista.releer} />
        ) : (
          <Huesos filas={6} />
        )
      ) : lista.filas.length === 0 ? (
        <Vacio icono={ScrollText} titulo={t.diarioVacio} texto={t.diarioVacioTexto} />
      ) : (
        <Tabla lista={lista} />
      )}
    </section>
  )
}

function Tabla({ lista }: { lista: Lista<RenglonRecibido> }) {
  const ahora = useAhora()
  return (
    <>
      {lista.falla && lista.leidoAt !== null && <DatosViejos at={lista.leidoAt} />}
      <table className="t cards disp-diario" aria-busy={lista.leyendo}>
        <thead>
          <tr>
            <th scope="col" className="num">
              {t.num}
            </th>
            <th scope="col">{t.huella}</th>
            <th scope="col">{t.hecho}</th>
            <th scope="col" className="num">
              {t.monto}
            </th>
            <th scope="col" className="num">
              {t.enLaCaja}
            </th>
            <th scope="col" className="num">
              {t.recibido}
            </th>
            <th scope="col">{t.resultado}</th>
          </tr>
        </thead>
        <tbody>
          {lista.filas.map((r) => (
            <Fragment key={idDe(r)}>
              <Renglon renglon={r} ahora={ahora} />
              {r.anteriorFalta > 0 && <Falta renglon={r} />}
            </Fragment>
          ))}
        </tbody>
      </table>
      <PieDeLista lista={lista} />
    </>
  )
}

function Renglon({ renglon: r, ahora }: { renglon: RenglonRecibido; ahora: number }) {
  return (
    <tr className={r.variante > 0 ? 'bif' : undefined}>
      <td className="num disp-seq">{numero(r.seq)}</td>
      <td className="mono mut no">{huellaCorta(r.hash)}</td>
      <td>
        {nombreDeHecho(r.tipo)}
        {r.folio && <span className="sub n"> {r.folio}</span>}
        {r.variante > 0 && (
          <span className="sub bad disp-bif">
            <GitFork className="i s" aria-hidden="true" /> {t.otraVersion}
          </span>
        )}
      </td>
      <td className="num r nw">{r.montoCentavos === null ? <span className="mut">{r.operador}</span> : pesos(r.montoCentavos)}</td>
      <td className="num nw no">{r.wallAt === null ? <SinDato /> : alSegundo(r.wallAt, ahora)}</td>
      <td className="num nw" data-l={t.recibido}>
        {alSegundo(r.recibidoAt, ahora)}
      </td>
      <td className="full">
        <Veredicto estado={r.estado} regla={r.motivos[0]?.regla ?? null} />
      </td>
    </tr>
  )
}

/** What should stand between this entry and the one before it. */
function Falta({ renglon: r }: { renglon: RenglonRecibido }) {
  return (
    <tr className="gap">
      <td colSpan={COLUMNAS}>
        <span className="row wrap">
          <Unlink className="i" aria-hidden="true" />
          <b>{t.faltanAntes(numero(r.anteriorFalta))}</b>
          <span className="ink2">{t.apunta(numero(r.seq))}</span>
        </span>
      </td>
    </tr>
  )
}
