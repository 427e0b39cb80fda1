/** Both hechos of a verdict, side by side: who, where, by which clock; what the rule looked at; what follows and until when. */
import { Link } from '@tanstack/react-router'
import { Check, Clock, Hourglass, X } from 'lucide-react'
import type { ReactNode } from 'react'
import { esCodigo } from '../../../../schema/core/codigos.ts'
import type { LadoDeRevision, Revision } from '../../../../schema/protocol/revision.ts'
import { fechaYHora, pesos } from '../../../lib/formato.ts'
import { textoDe } from '../../../lib/i18n.ts'
import { Etiqueta } from '../../../ui/escritorio/etiqueta.tsx'
import { useFrescura, usePanel } from '../contexto.ts'
import { Leido, SinDato } from '../estados.tsx'
import { conMilesimas, desfase, momento, numero, ZONA } from '../palabras.ts'
import { reglaEnPalabras } from '../reglas.ts'
import { useFresco } from '../use-fresco.ts'
import { nombreDeHecho, Veredicto } from '../veredicto.tsx'
import { datosEnPalabras } from './datos.ts'
import { t } from './textos.ts'

export function Evidencia({ id }: { id: string }) {
  const { sesion, frescura } = usePanel()
  const pausada = useFrescura().como === 'pausada'
  const lectura = useFresco<Revision & { hora?: number }>({ sesion, frescura }, `/api/admin/veredictos/${encodeURIComponent(id)}`, {
    pausada,
  })
  return (
    <section className="conf-ex" aria-label={t.evidencia}>
      <Leido de={lectura} filas={3}>
        {(revision) => <Dentro revision={revision} />}
      </Leido>
    </section>
  )
}

function Dentro({ revision: r }: { revision: Revision }) {
  const palabras = reglaEnPalabras(r.regla || null)
  const lados = r.otro === null ? [r.este] : [r.este, r.otro].sort(porLlegada)
  const datos = datosEnPalabras(r.datos)
  return (
    <>
      <h3>
        {palabras.titulo} <span className="mono mut">{r.regla}</span>
      </h3>
      <p className="ink2">
        {esCodigo(r.codigo) ? `${textoDe(r.codigo)} ` : ''}
        {palabras.frase}
      </p>
      <div className="conf-lados" data-lados={lados.length}>
        {lados.map((lado, i) => (
          <Lado key={lado.hechoId} lado={lado} orden={lados.length === 1 ? null : i} este={lado === r.este} />
        ))}
        {(datos.length > 0 || lados.length === 1) && (
          <div>
            <h4>{t.loQueMiro}</h4>
            {datos.length === 0 ? (
              <p className="sm mut">{t.sinOtro}</p>
            ) : (
              <dl className="dl sm">
                {datos.map(({ nombre, valor }) => (
                  <Dato key={nombre} nombre={nombre}>
                    {valor}
                  </Dato>
                ))}
              </dl>
            )}
          </div>
        )}
      </div>
      <h4>{t.queSigue}</h4>
      <QueSigue retenciones={r.retenciones} />
    </>
  )
}

/** What came in one batch came in the order in which it happened. */
const porLlegada = (a: LadoDeRevision, b: LadoDeRevision) => a.recibidoAt - b.recibidoAt || a.effAt - b.effAt || a.seq - b.seq

function Lado({ lado: l, orden, este }: { lado: LadoDeRevision; orden: number | null; este: boolean }) {
  return (
    <div>
      <div className="row wrap">
        <h4 className="sp">
          {nombreDeHecho(l.tipo)} {l.folio}
        </h4>
        {orden !== null && <Etiqueta tono="out">{orden === 0 ? t.primera : t.segunda}</Etiqueta>}
        <Veredicto estado={l.estado} />
        {este && orden !== null && <span className="vh">{t.este}</span>}
      </div>
      <dl className="dl sm">
        <Dato nombre={t.caja}>{[l.negocio, l.sucursal, l.dispositivo].filter(Boolean).join(' · ')}</Dato>
        {l.montoCentavos !== null && (
          <Dato nombre={t.monto}>
            {pesos(l.montoCentavos)}, {t.puntos(numero(l.puntos))}
          </Dato>
        )}
        {l.cliente && <Dato nombre={t.cliente}>{l.cliente}</Dato>}
        {l.operador && <Dato nombre={t.operador}>{l.operador}</Dato>}
        <Dato nombre={t.enLaCaja}>{hora(l.wallAt)}</Dato>
        <Dato nombre={t.efectiva}>
          <b>{hora(l.effAt)}</b>
        </Dato>
        <Dato nombre={t.recibida}>{hora(l.recibidoAt)}</Dato>
        <Dato nombre={t.reloj}>{l.offsetMs === null ? <SinDato /> : desfase(l.offsetMs)}</Dato>
        {l.qrAt !== null && (
          <Dato nombre={t.qr}>
            {hora(l.qrAt)}
            {l.qrContador !== null && `, ${t.contador(numero(l.qrContador))}`}
          </Dato>
        )}
        <Dato nombre={t.numero}>
          {l.dispositivoId ? (
            <Link to="/admin/dispositivos/$id" params={{ id: l.dispositivoId }}>
              {t.enDiario(numero(l.seq))}
              <span className="vh"> {l.dispositivo}</span>
            </Link>
          ) : (
            t.enDiario(numero(l.seq))
          )}
        </Dato>
      </dl>
    </div>
  )
}

/** `21 nov 13:58:40.112`: a reading is compared to the thousandth. */
function hora(at: number): string {
  const dia = momento(at, 0).split(', ')[0] ?? ''
  return `${dia} ${conMilesimas(at)}`
}

function QueSigue({ retenciones }: Pick<Revision, 'retenciones'>) {
  if (retenciones.length === 0) return <p className="sm mut">{t.nadaEspera}</p>
  return (
    <ul className="conf-sigue">
      {retenciones.map((r) => (
        <li key={`${r.regla}${r.codigo}`} className="row sm">
          <Icono estado={r.estado} />
          <span>{fraseDe(r)}</span>
        </li>
      ))}
    </ul>
  )
}

function Icono({ estado }: { estado: string }) {
  const De = estado === 'levantada' ? Check : estado === 'rechazada' ? X : estado === 'caducada' ? Clock : Hourglass
  return <De className={estado === 'activa' ? 'i s warn' : 'i s'} aria-hidden="true" />
}

function fraseDe({ regla, codigo, estado, alVencer, venceAt }: Revision['retenciones'][number]): string {
  const nombre = `${reglaEnPalabras(regla).corto} (${regla}${codigo === 'manual' ? ', manual' : ''})`
  if (estado === 'levantada') return t.levantada(nombre)
  if (estado === 'rechazada') return t.rechazada(nombre)
  if (estado === 'caducada') return t.vencida(nombre)
  return `${t.esperaHasta(nombre, fechaYHora(venceAt, ZONA))}. ${alVencer === 'acreditar' ? t.luegoAcredita : t.luegoCaduca}`
}

function Dato({ nombre, children }: { nombre: string; children: ReactNode }) {
  return (
    <>
      <dt>{nombre}</dt>
      <dd>{children}</dd>
    </>
  )
}
