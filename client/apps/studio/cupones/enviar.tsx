import { CircleCheck, Clock, WifiOff } from 'lucide-react'
import { type FormEvent, useCallback, useRef, useState } from 'react'
import type { Codigo } from '../../../../schema/core/codigos.ts'
import { NIVELES, type Nivel } from '../../../../schema/domain/niveles/nivel.ts'
import type { CuponDoc } from '../../../../schema/protocol/documentos.ts'
import { useLectura } from '../../../domain/cuentas/use-sesion.ts'
import { diaYHora } from '../../../lib/formato.ts'
import { textoDe } from '../../../lib/i18n.ts'
import { useStudio, useStudioVivo } from '../../../replica/studio.ts'
import { Etiqueta } from '../../../ui/escritorio/etiqueta.tsx'
import { Hoja } from '../../../ui/escritorio/hoja.tsx'
import { FallaDeForma } from '../campo.tsx'
import { Eleccion, Entero } from '../forma/campos.tsx'
import { type Elegible, Elegir } from '../forma/elegir.tsx'
import { t } from './textos.ts'

const MIRAR_CADA_MS = 2_000
const ELEGIDOS_COMO_MUCHO = 500
const DIAS_DE_INACTIVO = 60
const DIAS_COMO_MUCHO = 3_650

type AQuien = 'todos' | 'nivel' | 'elegidos' | 'inactivos'
interface Envio {
  envioId: string
  a: AQuien | 'quienes'
  estado: 'pendiente' | 'terminado'
  total: number
  hechos: number
  nuevos: number
  por: string
  creadoAt: number
}
const A_QUIEN: Record<Envio['a'], string> = {
  todos: t.todos,
  nivel: t.porNivel,
  elegidos: t.elegidos,
  inactivos: t.inactivos,
  quienes: t.quienes,
}

/** CUP-04, 05. To whom; the server does it bit by bit, and how it goes is seen here. Online only. */
export function Enviar({ cupon, alCerrar }: { cupon: CuponDoc; alCerrar: () => void }) {
  const { pedir, negocio } = useStudio()
  const base = `/api/cupones/${cupon.id}`
  const de = `?negocioId=${negocio.negocioId}`
  const leer = useCallback(() => pedir<{ envios: Envio[] }>(`${base}/envios${de}`), [pedir, base, de])
  const { valor, falla, releer } = useLectura(leer, MIRAR_CADA_MS)
  const [pidiendo, setPidiendo] = useState(false)
  const [codigo, setCodigo] = useState<Codigo | null>(null)
  const [enviado, setEnviado] = useState(false)
  /** The same until the server answered it: a lost answer never sends twice. */
  const llave = useRef<{ que: string; llave: string } | null>(null)
  const mandar = async (ruta: string, cuerpo: object) => {
    const que = JSON.stringify([ruta, cuerpo])
    if (llave.current?.que !== que) llave.current = { que, llave: crypto.randomUUID() }
    setPidiendo(true)
    const r = await pedir<Envio>(`${base}/${ruta}${de}`, { cuerpo, llave: llave.current.llave })
    setPidiendo(false)
    if (r.ok || r.codigo !== 'SIN_CONEXION') llave.current = null
    setCodigo(r.ok ? null : r.codigo)
    setEnviado(r.ok)
    if (r.ok) releer()
  }
  return (
    <Hoja titulo={t.enviarTitulo(cupon.titulo)} alCerrar={alCerrar} ancho="angosta" clase="cu-enviar">
      {falla === 'SIN_CONEXION' && (
        <p className="banner">
          <WifiOff className="i" aria-hidden="true" />
          <span className="sp">{t.enviarConRed}</span>
        </p>
      )}
      <AQuienEs pidiendo={pidiendo} alMandar={(cuerpo) => void mandar('asignar', cuerpo)} />
      <button type="button" className="btn" disabled={pidiendo} onClick={() => void mandar('reenviar', {})}>
        {t.reenviar}
      </button>
      <FallaDeForma falla={codigo && { campo: null, texto: textoDe(codigo) }} campos={[]} />
      <p role="status" className="ok sm">
        {enviado ? t.seEnvia : ''}
      </p>
      <h3>{t.envios}</h3>
      {valor?.envios.length === 0 && <p className="sm mut">{t.ningunEnvio}</p>}
      <ul className="cu-envios">
        {valor?.envios.map((envio) => (
          <Renglon key={envio.envioId} envio={envio} />
        ))}
      </ul>
    </Hoja>
  )
}

function AQuienEs({ pidiendo, alMandar }: { pidiendo: boolean; alMandar: (cuerpo: object) => void }) {
  const [a, setA] = useState<AQuien>('todos')
  const [niveles, setNiveles] = useState<Nivel[]>([])
  const [clientes, setClientes] = useState<Elegible[]>([])
  const [dias, setDias] = useState(DIAS_DE_INACTIVO)
  const [intentado, setIntentado] = useState(false)
  const falta = faltaDe(a, niveles, clientes, dias)
  const enviar = (e: FormEvent) => {
    e.preventDefault()
    setIntentado(true)
    if (falta) return
    setIntentado(false)
    const mas = { todos: {}, nivel: { niveles }, elegidos: { clientes: clientes.map((c) => c.id) }, inactivos: { dias } }
    alMandar({ a, ...mas[a] })
  }
  return (
    <form className="cu-forma" onSubmit={enviar}>
      <Eleccion rotulo={t.aQuien} valor={a} alCambiar={(cual) => setA(cual as AQuien)}>
        {(['todos', 'nivel', 'elegidos', 'inactivos'] as const).map((cual) => (
          <option key={cual} value={cual}>
            {A_QUIEN[cual]}
          </option>
        ))}
      </Eleccion>
      {a === 'nivel' && (
        <fieldset className="row wrap" aria-label={t.niveles}>
          {NIVELES.map((nivel) => (
            <label key={nivel} className="row">
              <input
                className="ck"
                type="checkbox"
                checked={niveles.includes(nivel)}
                onChange={(e) => setNiveles(NIVELES.filter((n) => (n === nivel ? e.target.checked : niveles.includes(n))))}
              />
              {t[nivel]}
            </label>
          ))}
        </fieldset>
      )}
      {a === 'elegidos' && (
        <Elegir
          que="clientes"
          rotulo={t.clientes}
          pista={t.buscarCliente}
          quitar={t.quitarArticulo}
          elegidos={clientes}
          alCambiar={setClientes}
          maximo={ELEGIDOS_COMO_MUCHO}
        />
      )}
      {a === 'inactivos' && <Entero rotulo={t.diasSin} unidad={t.dias} valor={dias} alCambiar={setDias} />}
      {intentado && <FallaDeForma falla={falta === null ? null : { campo: null, texto: falta }} campos={[]} />}
      <button type="submit" className="btn p" disabled={pidiendo}>
        {pidiendo ? t.enviando : t.enviar}
      </button>
    </form>
  )
}

function faltaDe(a: AQuien, niveles: readonly Nivel[], clientes: readonly Elegible[], dias: number): string | null {
  if (a === 'nivel' && niveles.length === 0) return t.faltaNivel
  if (a === 'elegidos' && clientes.length === 0) return t.faltaCliente
  return a === 'inactivos' && !(Number.isInteger(dias) && dias >= 1 && dias <= DIAS_COMO_MUCHO) ? t.faltanDias : null
}

function Renglon({ envio }: { envio: Envio }) {
  const { zona } = useStudioVivo()
  const { estado, hechos, total, nuevos } = envio
  return (
    <li>
      <div className="row wrap">
        <b className="sp">{A_QUIEN[envio.a]}</b>
        {estado === 'terminado' ? (
          <Etiqueta tono="ok" icono={CircleCheck}>
            {t.terminado1}
          </Etiqueta>
        ) : (
          <Etiqueta icono={Clock}>{t.enCamino}</Etiqueta>
        )}
      </div>
      {estado === 'pendiente' && <progress max={Math.max(1, total)} value={hechos} aria-label={t.avance(hechos, total)} />}
      <p className="sm mut n">
        {[t.avance(hechos, Math.max(total, hechos)), nuevos > 0 && t.nuevos(nuevos), envio.por, diaYHora(envio.creadoAt, zona)]
          .filter(Boolean)
          .join(' · ')}
      </p>
    </li>
  )
}
