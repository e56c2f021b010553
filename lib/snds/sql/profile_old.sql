-- Share of 65 years and more on 1 January of the year $year. In: @table@ (IR_BEN_R).
SELECT count(*) FILTER ($year - BEN_NAI_ANN::INTEGER - 1 >= 65)::DOUBLE
	/ greatest(count(*) FILTER (BEN_NAI_ANN::INTEGER < $year), 1) FROM @table@;
