/** What the negocios of the demo world sell. The first of each categoría are those of the story of their tills (historia/guion.ts). */
import type { Dibujo } from './dibujos.ts'

export interface ArticuloDemo {
  nombre: string
  precioCentavos: number
  categoria: string
  descripcion?: string
  tipo?: 'servicio'
  destacado?: boolean
  desde?: boolean
  visible?: boolean
  agotado?: boolean
  /** Names of sucursales; absent: sold in all of them. */
  soloEn?: readonly string[]
  /** Absent: it has no picture yet. */
  dibujo?: Dibujo
}

const [CENTRO, NORTE] = [['Centro'], ['Norte']]
/** One line of a menu. */
const plato =
  (categoria: string) =>
  (nombre: string, pesos: number, descripcion: string, dibujo: Dibujo | undefined, mas: Partial<ArticuloDemo> = {}): ArticuloDemo => ({
    ...{ nombre, precioCentavos: pesos * 100, categoria, descripcion },
    ...(dibujo ? { dibujo } : {}),
    ...mas,
  })
const [pizza, pasta, entrada, bebida, postre, servicio] = ['Pizzas', 'Pastas', 'Entradas', 'Bebidas', 'Postres', 'Servicios'].map(
  plato,
) as [...Plato[]] as [Plato, Plato, Plato, Plato, Plato, Plato]
type Plato = ReturnType<typeof plato>

export const DE_ROMA: readonly ArticuloDemo[] = [
  pizza(
    'Pizza margarita',
    165,
    'Jitomate, mozzarella fresca y albahaca.',
    { que: 'pizza', con: ['jitomate', 'albahaca'] },
    { destacado: true },
  ),
  pizza(
    'Pizza pepperoni',
    189,
    'Doble queso y pepperoni que se dobla en la orilla.',
    { que: 'pizza', con: ['pepperoni'] },
    { destacado: true },
  ),
  pizza('Pizza cuatro quesos', 215, 'Mozzarella, gorgonzola, parmesano y provolone.', {
    que: 'pizza',
    con: [],
    salsa: '#EBD9A6',
    queso: '#F4CF6A',
  }),
  pizza('Pizza hawaiana', 189, 'Jamón de pierna y piña asada.', { que: 'pizza', con: ['jamon', 'pina'] }),
  pizza(
    'Pizza vegetariana',
    195,
    'Pimiento, champiñón, aceituna y albahaca.',
    { que: 'pizza', con: ['albahaca', 'aceituna', 'champinon', 'pimiento'] },
    { soloEn: CENTRO },
  ),
  pizza(
    'Especial de la casa',
    239,
    'Pepperoni, champiñón, aceituna y jamón. El precio es de la mediana.',
    { que: 'pizza', con: ['pepperoni', 'champinon', 'aceituna', 'jamon'] },
    { destacado: true, desde: true },
  ),
  pizza('Pizza mexicana', 205, 'Chorizo, frijol, jalapeño y aguacate.', {
    que: 'pizza',
    con: ['chorizo', 'jalapeno', 'jitomate'],
    salsa: '#7A4A2B',
  }),
  pizza('Pizza carnes frías', 219, 'Pepperoni, jamón, salami y tocino.', { que: 'pizza', con: ['pepperoni', 'jamon', 'chorizo'] }),
  pizza('Pizza de champiñones', 185, 'Champiñón salteado al ajo y perejil.', { que: 'pizza', con: ['champinon', 'albahaca'] }),
  pizza(
    'Pizza caprese',
    199,
    'Jitomate en rodajas, mozzarella y pesto.',
    { que: 'pizza', con: ['jitomate', 'albahaca', 'jitomate'] },
    { soloEn: NORTE },
  ),
  pizza('Pizza al pastor', 209, 'Carne al pastor, piña y cilantro.', { que: 'pizza', con: ['chorizo', 'pina', 'albahaca'] }),
  pizza(
    'Pizza de la huerta',
    189,
    'Verdura de temporada. Hoy: calabaza y elote.',
    { que: 'pizza', con: ['pimiento', 'jitomate', 'pimiento', 'jalapeno'] },
    { agotado: true },
  ),
  pizza(
    'Calzone napolitano',
    175,
    'Cerrado, con jamón, ricota y jitomate.',
    { que: 'pizza', con: ['jamon', 'jitomate'], queso: '#E9B65A' },
    { soloEn: CENTRO },
  ),
  pizza('Pizza infantil', 95, 'Chica, con carita de pepperoni.', { que: 'pizza', con: ['pepperoni', 'aceituna'] }),

  pasta('Lasaña boloñesa', 178, 'Horneada, con carne y bechamel.', {
    que: 'horneado',
    capas: ['#E8BE5B', '#B93A22', '#F0CE86', '#B93A22', '#F2C14E'],
  }),
  pasta(
    'Espagueti a la boloñesa',
    125,
    'Salsa de res cocida tres horas.',
    { que: 'pasta', color: '#E8BE5B', salsa: '#B93A22' },
    { soloEn: CENTRO },
  ),
  pasta('Fettuccine Alfredo', 139, 'Crema, mantequilla y parmesano.', { que: 'pasta', color: '#EFD79A', salsa: '#F7EFD9' }),
  pasta('Penne al pesto', 135, 'Albahaca, piñón y queso de oveja.', { que: 'pasta', color: '#DDB65A', salsa: '#6FA650' }),
  pasta('Ravioles de espinaca', 149, 'Rellenos de ricota, en salsa rosa.', { que: 'pasta', color: '#E3C27A', salsa: '#E58A78' }),
  pasta(
    'Espagueti carbonara',
    145,
    'Tocino, huevo y pimienta negra.',
    { que: 'pasta', color: '#E8C873', salsa: '#F1DFC2' },
    { soloEn: NORTE },
  ),

  entrada('Ensalada de la casa', 95, 'Lechugas, jitomate, pepino y vinagreta.', { que: 'ensalada' }),
  entrada('Pan de ajo', 55, 'Cuatro piezas, con mantequilla y perejil.', { que: 'panes' }),
  entrada('Alitas BBQ, 12 piezas', 139, 'Con salsa de la casa y apio.', { que: 'alitas' }),
  entrada('Ensalada César', 98, 'Lechuga orejona, crotones y aderezo hecho aquí.', { que: 'ensalada' }, { visible: false, soloEn: CENTRO }),
  entrada('Papas gajo', 69, 'Horneadas, con romero.', { que: 'papas' }),

  bebida('Agua de jamaica 1 L', 45, 'Con poca azúcar.', { que: 'vaso', color: '#A3213F' }),
  bebida('Limonada mineral 1 L', 55, 'Limón recién exprimido.', { que: 'vaso', color: '#CBDD7A' }),
  bebida('Refresco 600 ml', 32, 'Pregunta por los sabores.', { que: 'vaso', color: '#5B2A1A' }),
  bebida('Agua natural 600 ml', 22, '', { que: 'botella', color: '#9CC7D8' }),
  bebida(
    'Cerveza artesanal',
    75,
    'De barril, hecha en San Miguel.',
    { que: 'vaso', color: '#D9A33C', sinPopote: true },
    { soloEn: CENTRO },
  ),
  bebida('Copa de vino tinto', 95, 'De la casa.', { que: 'vaso', color: '#6E1B2E', sinPopote: true }),
  bebida('Café americano', 38, 'Grano de Veracruz.', { que: 'taza', color: '#3A2013' }),

  postre(
    'Tiramisú',
    89,
    'Receta de la abuela Rosa.',
    { que: 'postre', capas: ['#F4E6CF', '#7A4A2B', '#F4E6CF', '#7A4A2B', '#4A2C1A'] },
    { destacado: true },
  ),
  postre('Panna cotta', 79, 'Con frutos rojos.', { que: 'postre', capas: ['#FBF3E6', '#FBF3E6', '#C53F5B'] }),
  postre('Helado, dos bolas', 59, 'Vainilla, fresa o chocolate.', { que: 'helado' }),
  postre('Pay de limón', 69, 'Con merengue tostado.', { que: 'postre', capas: ['#C98A3C', '#E6DE7A', '#FBF3E6'] }, { visible: false }),

  servicio('Entrega a domicilio', 35, 'Hasta 4 km. Más lejos, pregunta.', { que: 'reparto' }, { tipo: 'servicio', desde: true }),
  servicio('Renta de salón', 1_500, 'Para 30 personas, cuatro horas.', { que: 'mesa' }, { tipo: 'servicio', desde: true, soloEn: NORTE }),
]

const [cafe, pan, desayuno] = ['Café', 'Pan', 'Desayunos'].map(plato) as [Plato, Plato, Plato]
export const DEL_CAFE: readonly ArticuloDemo[] = [
  cafe('Café americano', 38, 'Recién molido.', { que: 'taza', color: '#3A2013' }, { destacado: true }),
  cafe('Capuchino', 52, 'Con espuma de leche entera o de avena.', { que: 'taza', color: '#C98F6B' }),
  cafe('Café de olla', 42, 'Canela y piloncillo.', { que: 'taza', color: '#5B2A1A' }),
  cafe('Chocolate oaxaqueño', 48, 'En agua o en leche.', { que: 'taza', color: '#6B3A22' }),
  pan('Concha de vainilla', 22, 'Del horno de las siete.', { que: 'concha' }),
  pan('Cuernito relleno', 34, 'De jamón y queso.', { que: 'panes' }),
  desayuno('Molletes', 79, 'Con frijol, queso y pico de gallo.', { que: 'mollete' }),
  desayuno('Chilaquiles verdes', 98, 'Con pollo o con huevo.', undefined, { destacado: true }),
]

const [membresia, bebidaDeGym] = ['Membresías', 'Bebidas'].map(plato) as [Plato, Plato]
export const DEL_GYM: readonly ArticuloDemo[] = [
  membresia('Mensualidad', 699, 'Todas las áreas, sin horario.', { que: 'credencial' }, { tipo: 'servicio', destacado: true }),
  membresia('Visita', 90, 'Un día.', { que: 'pesa' }, { tipo: 'servicio' }),
  membresia('Clase de spinning', 120, 'Martes y jueves, 19:00.', undefined, { tipo: 'servicio' }),
  bebidaDeGym('Agua 600 ml', 18, '', { que: 'botella', color: '#9CC7D8' }),
  bebidaDeGym('Bebida isotónica', 32, '', { que: 'botella', color: '#6FA8DC' }),
]
