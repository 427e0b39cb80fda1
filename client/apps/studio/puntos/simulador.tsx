import { useState } from 'react'
import { type Configuracion, NIVELES } from '../../../../schema/domain/configuracion/configuracion.ts'
import { puntosSegun } from '../../../../schema/domain/puntos/puntos.ts'
import { enDecimal } from '../../../domain/puntos/desglose.ts'
import { type CamposDeReglas, VALOR_MINIMO } from '../../../domain/puntos/reglas-nuevas.ts'
import { Dinero } from '../forma/campos.tsx'
import { t } from './textos.ts'

/** PTS-07. $500. */
const COMPRA_DE_PRUEBA = 50_000

interface Props {
  vigente: Configuracion
  campos: CamposDeReglas
  /** Something of them is not saved. */
  escritas: boolean
}

/** PTS-07. What a purchase gives to each nivel, by the same arithmetic as a till, while the rules are being written. */
export function Simulador({ vigente, campos, escritas }: Props) {
  const [compra, setCompra] = useState(COMPRA_DE_PRUEBA)
  const { participa, valorPuntoCentavos } = campos
  const sePuede = compra >= 0 && valorPuntoCentavos >= VALOR_MINIMO
  const reglas: Configuracion = { ...vigente, participa, valorPuntoCentavos }
  return (
    <section className="card" aria-labelledby="pu-simulador">
      <div className="hd">
        <h2 id="pu-simulador">{t.simulador}</h2>
      </div>
      <div className="bd pu-forma">
        <p className="sm mut">
          {t.simuladorTexto} {escritas && t.conLoEscrito}
        </p>
        <Dinero rotulo={t.compra} valor={compra} error={compra >= 0 ? null : t.escribeMonto} alCambiar={setCompra} />
        <ul className="pu-niveles" aria-live="polite">
          {NIVELES.map((nivel) => (
            <li key={nivel} data-nivel={nivel}>
              <span className={`nivel ${nivel}`}>{t[nivel]}</span>
              <span className="sm mut">{t.por(enDecimal(reglas.multiplicadoresPct[nivel]))}</span>
              <b className="n">{sePuede ? t.nPuntos(puntosSegun(reglas, compra, nivel)) : '—'}</b>
            </li>
          ))}
        </ul>
        {!participa && <p className="sm warn">{t.noDa}</p>}
      </div>
    </section>
  )
}
