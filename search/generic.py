"""Words that are said of anything: phrases need them, so they are no stop words, but nobody looks for them alone."""

_GENERIC = """
about above across after again all also although always among another any anything apart around away back because
been before behind being below between both but can cannot could did does doing done down during each either else
enough even ever every everything few first five for found four further get gets give given gives goes going got had
has have having help helps her here him his how however if inside instead into its itself just keep keeps kept know
known large last later least less let lets like little long longer look looks made make makes making many may mean
means might mode more most much must near need needed needs never new next nine no none not nothing now often once
one only onto other others our out outside over own part people per put rather same second see seek seeking seen
several shall she should show shows since six small so some something sought still such take taken takes ten than
them themselves then there these they thing things third this those though three through thus together too toward
towards two under until up upon use used useful user uses using very want wanted wants way ways well were when where
whether while who whole whom whose why will within without work works would year years yet you your без более больше
будет бы был была были было быть весь видит вместо во вот все всё всего всех где год года два две девять действие
день десять для до другие другой его ее её ему если есть ещё же за зачем и ищем ищет их иной из или именно им имеет
ими иногда каждый как какой когда который которая которое которые кроме ли лишь между менее можно мы на над надо нам
нас нашей не него некоторые нет ни них но нужен нужна нужно нужны об один одна однако он она они оно от очень первый
перед по под потом почему при про пять раз сам свой себя сейчас со снова так также такой там тем теперь то тоже
только том тот три тут уже хотя чего чем через четыре что чтобы эта эти это этот
"""
GENERIC = frozenset(_GENERIC.split())
"""Words that tell nothing of a document, however rare they are among few others."""
