"""Seatings: people, by number, in pairs or threes, so that nobody meets twice before they must.

Even numbers of pairs come from the circle method of every tournament. Threes from twenty-five
people on stand in three columns that slide past each other at different speeds, so that no two
people of different columns meet twice. What lies between was found by search, or is a Kirkman
system (fifteen) or nearly one (eighteen, twenty-one) with nobody, one or two people left out.
Every one is the best that was found for each number of rounds, not only for eight.
"""

FEWEST = 2
MOST = 60
"""The fewest and the most people that are seated."""

Seating = tuple[tuple[int, ...], ...]
"""One round: groups of people, by number from 0."""


def seating(people: int, size: int, rounds: int) -> tuple[Seating, ...]:
    """Who sits with whom in each of ``rounds`` rounds; fewer rounds are the first of these.

    When the seatings run out they come round again, in the same order.

    Args:
        people: how many there are, from two to sixty.
        size: 2 for pairs, with one three if the number is odd; 3 for threes, with one pair
            if two are over and two pairs if one is over.
        rounds: how many rounds.
    """
    if people <= size:
        ways: tuple[Seating, ...] = ((tuple(range(people)),),)
    elif people % 2 == 0 and (size == 2 or people == 4):
        ways = _circle(people)
    elif size == 2:
        ways = _parsed(_PAIRS[people]) if people in _PAIRS else _circle_with_a_three(people)
    else:
        ways = _parsed(_THREES[people]) if people in _THREES else _sliding_columns(people)
    return tuple(ways[number % len(ways)] for number in range(rounds))


def _circle(people: int) -> tuple[Seating, ...]:
    """Everyone meets everyone once: the last sits still, the others move round a circle."""
    round_table = people - 1
    return tuple(
        (
            (turn, people - 1),
            *(((turn + gap) % round_table, (turn - gap) % round_table) for gap in range(1, people // 2)),
        )
        for turn in range(round_table)
    )


def _circle_with_a_three(people: int) -> tuple[Seating, ...]:
    """The circle of an odd number, whose odd one out joins two people a third of the way round.

    Those three would meet again, or have met, only about a third of the rounds away: the first third
    of them repeats nothing.
    """
    joined = 2 * (people // 3)
    ways = []
    for turn in range(people):
        pairs = [
            ((turn + gap) % people, (turn - gap) % people)
            for gap in range(1, people // 2 + 1)
            if gap not in (joined, people - joined)
        ]
        ways.append((*pairs, (turn, (turn + joined) % people, (turn - joined) % people)))
    return tuple(ways)


def _sliding_columns(people: int) -> tuple[Seating, ...]:
    """Three columns; each round the second moves on by one place and the third by two.

    In columns of even length the third skips one place half-way, or it would come round too soon.
    With one or two people fewer than the columns hold, places of the third stay empty: the last,
    and one about half a column before it, so that the pairs which arise fall on different people.
    """
    length = -(-people // 3)
    last = 3 * length - 1
    empty = (last - (length // 2 | 1), last)[people % 3 - 3 :] if people % 3 else ()
    ways = []
    for turn in range(length - (length % 2 == 0)):
        skip = length % 2 == 0 and 2 * turn >= length
        groups = (
            (place, length + (place + turn) % length, 2 * length + (place + 2 * turn + skip) % length)
            for place in range(length)
        )
        ways.append(
            tuple(
                tuple(one - sum(hole < one for hole in empty) for one in group if one not in empty)
                for group in groups
            )
        )
    return tuple(ways)


def _parsed(ways: str) -> tuple[Seating, ...]:
    return tuple(
        tuple(tuple(ord(letter) - ord("a") for letter in group) for group in way.split())
        for way in ways.split("/")
    )


_THREES = {
    5: ("abc de/bce ad/bcd ae/cde ab/ace bd/acd be/ade bc/bde ac"),
    6: ("abc def/adf bce/aef bcd/ade bcf/ace bdf/abf cde/acd bef/abd cef"),
    7: ("abc de fg/adf be cg/aeg bf cd/cef ag bd/bdg ac ef/bcf ad eg/cde af bg/abe cg df"),
    8: ("abc def gh/beh cfg ad/afh bdg ce/aeg cdh bf/ace bfg dh/afh bcd eg/adg beh cf/cgh def ab"),
    9: ("abc def ghi/adg beh cfi/aei bfg cdh/afh bdi ceg/abd cef ghi/afi beh cdg/ach bfg dei/aeg bci dfh"),
    10: (
        "abc def gh ij/bgj ehi af cd/adh cgi be fj/bfh cej ai dg/aeg bdi cf hj/adj fgi be ch/"
        "afh bcj di eg/cei dfg aj bh"
    ),
    11: (
        "abc def ghi jk/agk bdi cfj eh/adh bej fik cg/bhk cei dgj af/aij bfh cdk eg/aek bfg chj di/"
        "afj dek ghi bc/cgk dfh eij ab"
    ),
    12: (
        "abc def ghi jkl/adj bil ceg fhk/agk bdh cfl eij/aeh bfj cik dgl/afg bek chj dil/afi bgj cdk ehl/"
        "ajl bek cfh dgi/abd cgj efl hik"
    ),
    13: (
        "abc def ghi jk lm/bel dik fgm ah cj/akm cil dhj bf eg/agj bhm cfk dl ei/bgk ceh fjl ad im/"
        "afi ejm hkl bd cg/agl bij cdm ek fh/aeh dfg ijm bl ck"
    ),
    14: (
        "abc def ghi jkl mn/afh bkm dgj ein cl/bfj cim ehl gkn ad/aek bgl cfn dhm ij/ail bhn cdk ejm fg/"
        "ajn bdi ceg flm hk/agm chj dln fik be/aei bfl dmn hjk cg"
    ),
    15: (
        "abc def ghi jkl mno/adh beo cgl fjn ikm/afm bdl cin egj hko/ago bkn cfh djm eil/"
        "aek bfi cjo dgn hlm/aij bgm cdk ehn flo/aln bhj cem dio fgk"
    ),
    16: (
        "abc def ghi jkl mn op/adi bhp cmo ejn fl gk/bgl dko ehm fnp aj ci/alm cfk gno ijp be dh/"
        "akp bdm ceg iln fo hj/afh bjo eik gmp cl dn/aeo chn dlp fgj bi km/bkn cdj fim hlo ag ep"
    ),
    17: (
        "abc def ghi jkl mno pq/bek cio dgl hmp jnq af/agn bip cfl dmq ejo hk/ajp blm ceh fin gkq do/"
        "aiq bdn ckm fhj lop eg/aem cgp dik foq hln bj/adh bgo elq fkp ijm cn/ako bhq cdj enp fgm il"
    ),
    18: (
        "abc def ghi jkl mno pqr/adi bkp cmq ehn flr gjo/akn bel cgp djq fio hmr/agr bdm cjn eop fhk ilq/"
        "ahj bor cdl egq fnp ikm/aem bfj cir dhp gln koq/afq bin cho dgk ejr lmp/alo bhq cek dnr fgm ijp"
    ),
    19: (
        "abc def ghi jkl mno pq rs/afr bop dnq eim gls ck hj/adj biq chs fgp kmr eo ln/"
        "bel cor fhk jmq nps ai dg/ahn ceg dpr ijs koq bm fl/aks clm dio ejp gnr bf hq/"
        "amp bgk eqs fjn hlo cd ir/bdh cip ekn fms lqr ao gj"
    ),
    20: (
        "abc def ghi jkl mno pqr st/adg bhl cfs emp iot knr jq/ahq bjo cek dms grt ilp fn/"
        "ajn bis cgo dkq fpt lmr eh/alt bkm cnp ejs fgq hor di/bgp cir djt eln fhk oqs am/"
        "ars bdn cht eiq flo gjm kp/aik bet cmq dop fjr hns gl"
    ),
    21: (
        "abc def ghi jkl mno pqr stu/amt bfi clr dgj eko hps nqu/aiq bgp cju dkt emr fhn los/"
        "ahk bel cis dmq fjr gnt opu/agl bhm cdo enp fqs ijt kru/adp brt cgm ejs flu hoq ikn/"
        "ans bdu cfk egq hlt ior jmp/ajo bkq ceh dln fpt grs imu"
    ),
    22: (
        "abc def ghi jkl mno pqr st uv/aeu bmr ckn fjs ipt lov dg hq/bfv cjr dhk egl nsu oqt ai mp/"
        "aho cpv dru ekt fiq gms bj ln/alm bgq djo htu inv kps cf er/agv ces dnt fhm ilr jqu bk op/"
        "anq bis ejm fko grt lpu ch dv/ads blt cgo hjp iku mqv en fr"
    ),
    23: (
        "abc def ghi jkl mno pqr stu vw/aft bor dpw eju glv hkm inq cs/ago bdi ctw els hjp knr muv fq/"
        "anw cer djs fgp hov imt lqu bk/aev bjw ckq dgt fos hnu lmr ip/ahq bpu cdo emw fnv gjr iks lt/"
        "ail btv cgn dhr eop fku qsw jm/amp bns cjv egq fhl irw kot du"
    ),
    24: (
        "abc def ghi jkl mno pqr stu vwx/ags bdn cew fjp hmt irx kou lqv/ajo bfh cdx ekt gqw imv lru nps/"
        "atv bis coq dlp ejm fnu gkx hrw/ahl box ckr dgm eqs fit jnw puv/anr bju cfv dhs eil gop kmw qtx/"
        "aip bkv cls djr egu fmx hnq otw/adu bmp chj eov fsw grt ikq lnx"
    ),
}
"""Threes, for five to twenty-four people."""

_PAIRS = {
    5: ("ab cde/ae bcd/be acd/ad bce/bd ace/de abc/cd abe/ac bde"),
    7: ("ab cd efg/ag df bce/bg de acf/ae bf cdg/ce fg abd/be cf adg/ac eg bdf/af de bcg"),
    9: (
        "ab cd ef ghi/bi ch fg ade/ai dh eg bcf/bd ei fh acg/af ci dg beh/ah bg ce dfi/ae cf dg bhi/"
        "ai bg ch def"
    ),
    11: (
        "ab cd ef gh ijk/ai bj ch fk deg/ag di ej hk bcf/bi ce dk fg ahj/af bk dj eh cgi/bg cj df hi aek/"
        "ac ei fj gk bdh/ad be ck gj fhi"
    ),
    13: (
        "ab cd ef gh ij klm/am bk dg ej hl cfi/ac dk el fh im bgj/bl cj fm gi hk ade/be cg dl fk jm ahi/"
        "ag df eh il jk bcm/ak bf cl ei gm dhj/aj bd ce hm ik fgl"
    ),
    15: (
        "ab cd ef gh ij kl mno/bi cf dn eo gk lm ahj/an bo dh eg fm jl cik/am co fi gj hk ln bde/"
        "ad bj cm ek ho in fgl/ak bc el fo hi jn dgm/ae bn cl df gi hm jko/al bk cg do ei jm fhn"
    ),
    17: (
        "ab cd ef gh ij kl mn opq/aq bi cp df eo hl jm gkn/ai bg ch ek fq mp no djl/"
        "bp ck dq fg hj in lo aem/aj do eh gl iq km np bcf/al bo cm dk eg jp nq fhi/"
        "af bk dm ej hn ip lq cgo/ao bn ci dg ep fj lm hkq"
    ),
    19: (
        "ab cd ef gh ij kl mn op qrs/an ck dm ej fr gq lp os bhi/bd cj el gi hk nr oq ps afm/"
        "ad be cr fn hs im jp lq gko/aq bk cs eo fp gm hr in djl/ar bf dk gl hq is jo mp cen/"
        "as bm ci do eg fj kq lr hnp/ak bj cq em fs hl ip no dgr"
    ),
    21: (
        "ab cd ef gh ij kl mn op qr stu/bf cl er gm ho jk nu pt qs adi/aj bk dt eh fm gu il or ps cnq/"
        "at cp dn fq hl is jm ko ru beg/as bn cr dm eu gq ht io jl fkp/am bq ce dk fs gp it lu no hjr/"
        "au br cs dq ek ft gn hi jp lmo/bl ch dg ei jn ku ms pq rt afo"
    ),
    23: (
        "ab cd ef gh ij kl mn op qr st uvw/am bf ch dv eu in js kt ow pq glr/"
        "ai bw cn ds el gt jr kq ou pv fhm/ae bh cu dk fo gq iv jl mt rw nps/"
        "av bo cr dn fl gp hq iw ku ms ejt/as cj ew fp gu hl it kn mv or bdq/"
        "bi df eg hk jp lt mq nw rv su aco/at bl cp dh ev fs gn jw mo qu ikr"
    ),
}
"""Pairs and one three, for odd numbers from five to twenty-three."""
