import { gql } from 'lightning/graphql';

/**
 * The newest card of a rep, without its rank: a rep is compared with targets and with their own past. Fields the user
 * may not see are dropped, not refused.
 */
export const SCORECARD_QUERY = gql`
  query repScorecard($repId: ID) {
    uiapi {
      query {
        Rep_Scorecard__c(
          first: 1
          where: { Rep__c: { eq: $repId } }
          orderBy: { Period_Start__c: { order: DESC } }
        ) {
          edges {
            node {
              Id
              Period_Start__c @optional {
                value
              }
              Period_End__c @optional {
                value
              }
              Period_Label__c @optional {
                value
              }
              Days_Left__c @optional {
                value
              }
              Days_Worked__c @optional {
                value
              }
              Period_Share__c @optional {
                value
              }
              Score__c @optional {
                value
              }
              Score_Low__c @optional {
                value
              }
              Score_High__c @optional {
                value
              }
              Previous_Label__c @optional {
                value
              }
              Previous_Score__c @optional {
                value
              }
              Change__c @optional {
                value
              }
              Change_Low__c @optional {
                value
              }
              Change_High__c @optional {
                value
              }
              Verdict__c @optional {
                value
              }
              Team_Score__c @optional {
                value
              }
              Attainment__c @optional {
                value
              }
              Quota__c @optional {
                value
              }
              Won_Amount__c @optional {
                value
              }
              Open_Amount__c @optional {
                value
              }
              Ramp_Month__c @optional {
                value
              }
              Dials__c @optional {
                value
              }
              Calls_Logged__c @optional {
                value
              }
              Calls_Pending__c @optional {
                value
              }
              Calls_Contradicted__c @optional {
                value
              }
              Calls_Excused__c @optional {
                value
              }
              Calls_Excluded__c @optional {
                value
              }
              Evidence_Basis__c @optional {
                value
              }
              Watermark__c @optional {
                value
              }
              Calculated_At__c @optional {
                value
              }
              History__c @optional {
                value
              }
              Levers__c @optional {
                value
              }
              Metrics__r(first: 50) @optional {
                edges {
                  node {
                    Id
                    Metric__c @optional {
                      value
                    }
                    Sort_Order__c @optional {
                      value
                    }
                    Value__c @optional {
                      value
                    }
                    Numerator__c @optional {
                      value
                    }
                    Denominator__c @optional {
                      value
                    }
                    Low__c @optional {
                      value
                    }
                    High__c @optional {
                      value
                    }
                    Target__c @optional {
                      value
                    }
                    Period_Target__c @optional {
                      value
                    }
                    Floor__c @optional {
                      value
                    }
                    Cap__c @optional {
                      value
                    }
                    Weight__c @optional {
                      value
                    }
                    Points__c @optional {
                      value
                    }
                    Shrunk_Value__c @optional {
                      value
                    }
                    Own_Share__c @optional {
                      value
                    }
                    Peers_Own_Share__c @optional {
                      value
                    }
                    Team_Value__c @optional {
                      value
                    }
                    Percentile__c @optional {
                      value
                    }
                    Peers__c @optional {
                      value
                    }
                    Previous_Value__c @optional {
                      value
                    }
                    Previous_Numerator__c @optional {
                      value
                    }
                    Previous_Denominator__c @optional {
                      value
                    }
                    Change__c @optional {
                      value
                    }
                    Change_Low__c @optional {
                      value
                    }
                    Change_High__c @optional {
                      value
                    }
                    Verdict__c @optional {
                      value
                    }
                    Best_Value__c @optional {
                      value
                    }
                    Best_Label__c @optional {
                      value
                    }
                    Confirmed_Share__c @optional {
                      value
                    }
                    Slowest__c @optional {
                      value
                    }
                    History__c @optional {
                      value
                    }
                    Months__c @optional {
                      value
                    }
                    Weeks__c @optional {
                      value
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  }
`;

/** The reps whose cards sharing lets the user see. */
export const REPS_QUERY = gql`
  query repsWithScorecards {
    uiapi {
      query {
        Rep_Scorecard__c(first: 200, orderBy: { Period_Start__c: { order: DESC } }) {
          edges {
            node {
              Id
              Rep__c @optional {
                value
              }
              Rep__r @optional {
                Name @optional {
                  value
                }
              }
            }
          }
        }
      }
    }
  }
`;
